/** What `$(…)` stands for; throws where it is no command that guides may use. */
export type Substitute = (command: string) => string;

/** Variables of a guide's commands by name. */
export type Variables = Map<string, string>;

/** The commands of a block, one text each: a newline ends one unless it stands in quotes or behind a backslash. */
export function commandsOf(block: string): string[] {
  const commands: string[] = [];
  let command = '';
  let quote = '';
  for (let index = 0; index < block.length; index += 1) {
    const character = block[index] ?? '';
    if (character === '\\' && quote !== "'" && block[index + 1] === '\n') {
      command += ' ';
      index += 1;
    } else if (character === '\n' && quote === '') {
      commands.push(command);
      command = '';
    } else {
      if (character === quote) quote = '';
      else if (quote === '' && /['"]/.test(character)) quote = character;
      command += character;
    }
  }
  return [...commands, command].map((text) => text.trim()).filter((text) => text !== '' && !text.startsWith('#'));
}

/**
 * The words of a command, as a shell would pass them: quotes, variables, and the substitutions that are known. Throws for
 * whatever else means something to a shell, so that guides stay with what is understood here.
 */
export function wordsOf(command: string, variables: Variables, substitute: Substitute): string[] {
  const words: string[] = [];
  const token = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|(\$\([^)]*\)|\$\w+|\$\{\w+\})|([^\s'"$]+)/gy;
  let word: string | undefined;
  for (const [whole, single, double, reference, bare] of command.matchAll(token)) {
    if (/^\s/.test(whole)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    if (bare !== undefined && /[|;&<>`*()\\]/.test(bare)) throw new Error(`A guide may not use ${bare} in ${command}`);
    const expanded = reference ?? (double === undefined ? undefined : double.replace(/\\(["\\$])/g, '$1'));
    word = (word ?? '') + (single ?? (expanded === undefined ? bare : expand(expanded, variables, substitute)));
  }
  if (word !== undefined) words.push(word);
  return words;
}

function expand(text: string, variables: Variables, substitute: Substitute): string {
  return text.replace(/\$\(([^)]*)\)|\$\{?(\w+)\}?/g, (_, command: string | undefined, name: string) => {
    if (command !== undefined) return substitute(command);
    const value = variables.get(name);
    if (value === undefined) throw new Error(`The variable ${name} is not set`);
    return value;
  });
}
