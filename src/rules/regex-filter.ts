/** The characters that a custom field's value may have, on which the cost of a filter is reckoned. */
export const LONGEST_VALUE = 255;

const LONGEST_PATTERN = 200;
const MOST_REPEATS = 1000;
const MOST_STEPS = 300_000_000;

/** Ways to share 255 characters among so many open-ended repeats: what a backtracking engine may have to try. */
const WAYS = [1, 256, 32_896, 2_829_056];

type Group = { variable: boolean; repeats: number; branches: number };
const SINGLE: Readonly<Group> = { variable: false, repeats: 1, branches: 1 };

const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;
const OPENING = /\((?:\?:|\?<[A-Za-z_]\w*>)?(?!\?)/y;

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function bounds([, sign, low, comma, high]: RegExpExecArray): [min: number, max: number] {
  if (sign !== undefined) return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Infinity];
  const min = Number(low);
  return [min, comma === undefined ? min : high ? Number(high) : Infinity];
}

/**
 * Whether a valid expression cannot run away on 255 characters: no look-around or back-references, nothing of variable
 * length repeated (`(a+)+`, `(a|aa)*`), and few enough ways left to match. Errs towards no.
 */
function isTame(text: string): boolean {
  const groups: Group[] = [{ ...SINGLE }];
  let current = groups[0] ?? { ...SINGLE };
  let atom: Readonly<Group> = SINGLE;
  let [openEnded, choices, topBranches] = [0, 1, 1];
  let size = 1;
  for (let i = 0; i < text.length; ) {
    const char = text[i];
    const quantifier = at(QUANTIFIER, text, i);
    if (quantifier !== null) {
      const [min, max] = bounds(quantifier);
      if (max > 1 && atom.variable) return false;
      const repeats = atom.repeats * Math.max(1, max === Infinity ? min : max);
      if (repeats > MOST_REPEATS) return false;
      size += repeats;
      current.repeats = Math.max(current.repeats, repeats);
      if (max > min) {
        current.variable = true;
        if (max - min > 16) openEnded++;
        else choices *= max - min + 1;
      }
      i += quantifier[0].length;
      continue;
    }
    atom = SINGLE;
    size++;
    if (char === '(') {
      const opening = at(OPENING, text, i);
      if (opening === null) return false;
      current = { ...SINGLE };
      groups.push(current);
      i += opening[0].length;
    } else if (char === ')') {
      const closed = groups.pop() ?? { ...SINGLE };
      current = groups.at(-1) ?? closed;
      current.variable ||= closed.variable;
      current.repeats = Math.max(current.repeats, closed.repeats);
      choices *= closed.branches;
      atom = closed;
      i++;
    } else if (char === '[') {
      for (i++; text[i] !== ']'; i += text[i] === '\\' ? 2 : 1);
      i++;
    } else if (char === '\\') {
      if (/[1-9k]/.test(text[i + 1] ?? '')) return false;
      i += 2;
    } else {
      if (char === '|') {
        current.variable = true;
        current.branches++;
        if (groups.length === 1) topBranches++;
      }
      i++;
    }
  }
  const anchored = text.startsWith('^') && topBranches === 1;
  const ways = WAYS[openEnded + (anchored ? 0 : 1)];
  return ways !== undefined && ways * choices * topBranches * size <= MOST_STEPS;
}

/**
 * A custom field's regex_filter as a test of a value of at most 255 characters: a JavaScript expression without flags that
 * may match anywhere unless anchored. Undefined when it is no expression, longer than 200 characters or could take long.
 */
export function compileFilter(pattern: string): ((value: string) => boolean) | undefined {
  if (pattern.length > LONGEST_PATTERN) return undefined;
  try {
    const expression = new RegExp(pattern);
    if (!isTame(pattern)) return undefined;
    // The engine compiles at the first match: an expression that is too large throws here.
    expression.test('');
    return (value) => expression.test(value);
  } catch {
    return undefined;
  }
}
