import { DomainError } from '../../lib/errors.ts';
import { payClass } from './classes.ts';

/** Names of another program by class of pay; time off may have one by the id of its jobcode. */
export type Codes = ReadonlyMap<string, string>;

/**
 * Codes as text, separated by semicolons: 'pto=V;doubletime=D;x1.25=Q;1234=SICK', where a number is the id of a jobcode of
 * time off. Throws DomainError that names the setting.
 */
export function readCodes(setting: string, text: string): Codes {
  const codes = new Map<string, string>();
  for (const part of text.split(';')) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    const [name, code] = [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()];
    if ((!payClass.test(name) && !/^[1-9]\d{0,9}$/.test(name)) || code === '')
      throw new DomainError('invalid', `${setting} must be codes such as pto=V;doubletime=D, not ${part.trim()}`, {
        field: setting,
      });
    codes.set(name, code);
  }
  return codes;
}

/** The code of time of a class on a jobcode; undefined when there is none. */
export function codeOf(codes: Codes, name: string, jobcodeId: number): string | undefined {
  return (name === 'pto' ? codes.get(String(jobcodeId)) : undefined) ?? codes.get(name);
}
