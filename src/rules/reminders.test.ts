import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decidingReminder, distributionMethods, keptNames, type Switches, weekdays } from './reminders.ts';

test('names are kept once, in their own letters and order; anything else is refused', () => {
  const cases: [string, readonly string[], string | undefined][] = [
    ['Mon,Tue', weekdays, 'Mon,Tue'],
    ['Sun, Mon', weekdays, 'Mon,Sun'],
    [' fri ,MON,fri,, ', weekdays, 'Mon,Fri'],
    ['Sat', weekdays, 'Sat'],
    ['Monday', weekdays, undefined],
    ['Mon;Tue', weekdays, undefined],
    ['Mon,Push', weekdays, undefined],
    ['', weekdays, undefined],
    [' , ', weekdays, undefined],
    ['Email,push, SMS', distributionMethods, 'Push,SMS,Email'],
    ['Fax', distributionMethods, undefined],
  ];
  for (const [text, allowed, expected] of cases) assert.equal(keptNames(text, allowed), expected, text);
});

test('an active reminder of one person decides, else the one of the company', () => {
  const on = { active: true, enabled: true };
  const silent = { active: true, enabled: false };
  const off = { active: false, enabled: true };
  const offAndSilent = { active: false, enabled: false };
  const all: (Switches | undefined)[] = [on, silent, off, offAndSilent, undefined];
  const ofCompany = all.map((row) => row && { ...row });
  for (const own of all) {
    for (const company of ofCompany) {
      const sent = decidingReminder(own, company);
      const what = `${JSON.stringify(own)} and ${JSON.stringify(company)}`;
      if (own === on) assert.equal(sent, own, what);
      else if (own === silent) assert.equal(sent, undefined, what);
      else assert.equal(sent, company === ofCompany[0] ? company : undefined, what);
    }
  }
});
