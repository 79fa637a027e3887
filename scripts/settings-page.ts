import { writeFileSync } from 'node:fs';
import { choicesOf, formOf } from '../src/resources/effective-settings/allowed.ts';
import { defaultOf, sections } from '../src/resources/effective-settings/defaults.ts';
import { steers } from '../src/resources/effective-settings/steers.ts';

/** Where the page is kept. */
export const settingsPage = new URL('../docs/settings.md', import.meta.url);

const head = `# Settings

What a company, a group or a user can set, with the defaults that hold where nobody did. A user's own setting wins over his
group's, a group's over the company's. Clients read them from \`/effective_settings\`; operators change them:

    openpunch setting list --company acme
    openpunch setting set --company acme general.week_start=1
    openpunch setting set --company acme --group 12 general.timesheet_notes_required=1
    openpunch setting set --company acme --user ada general.tz=null

\`null\` takes a setting back. Sections and keys in _italics_ are shown to administrators only, those in (brackets) only where
somebody set them. Texts are quoted: clients know each setting as either text or number.

This page is made from \`src/resources/effective-settings/\` by \`node scripts/settings-page.ts\`.
`;

function valuesOf(section: string, key: string): string {
  const choices = choicesOf(section, key);
  if (choices !== undefined) return choices.map((value) => JSON.stringify(value)).join(', ');
  const form = formOf(section, key);
  if (form !== undefined) return form.says;
  if (section === 'general' && key === 'tz') return 'a time zone';
  return typeof defaultOf(section, key) === 'number' ? 'a number' : 'a text';
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return lines
    .toSpliced(1, 0, rule)
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** The text of docs/settings.md. */
export function settingsText(): string {
  const tables = Object.entries(sections).map(([name, { says, values, untilSet = {}, adminsOnly = [] }]) => {
    const title = adminsOnly === true ? `_${name}_` : name;
    const rows = [...Object.keys(values), ...Object.keys(untilSet)].map((key) => {
      const shown = adminsOnly !== true && adminsOnly.includes(key) ? `_${key}_` : key;
      const cells = [
        key in untilSet ? `(${shown})` : shown,
        JSON.stringify(defaultOf(name, key)),
        valuesOf(name, key),
        steers[`${name}.${key}`] ?? 'nothing yet',
      ];
      return cells;
    });
    return [`## ${title}`, says, tableOf([['key', 'default', 'values', 'what it steers'], ...rows])].join('\n\n');
  });
  return `${[head.trimEnd(), ...tables].join('\n\n')}\n`;
}

if (import.meta.main) writeFileSync(settingsPage, settingsText());
