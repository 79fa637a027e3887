import { type Html, html, type Piece } from './html.ts';
import { mark, style } from './style.ts';

/** What is wrong with a form: one sentence for the whole, and one per field. */
export interface Problems {
  readonly general?: string;
  readonly fields?: ReadonlyMap<string, string>;
}

/** A whole page. Problems are summed up first, where focus goes, with links to their fields. */
export function page(title: string, content: Piece, options: { problems?: Problems; wide?: boolean } = {}): Html {
  const { general, fields = new Map<string, string>() } = options.problems ?? {};
  const failed = general !== undefined || fields.size > 0;
  const sentences = general === undefined ? [...fields] : [['', general] as const, ...fields];
  const items = sentences.map(([field, sentence]) =>
    field === '' ? html`<li>${sentence}</li>` : html`<li><a href="#${field}">${sentence}</a></li>`,
  );
  const summary =
    failed &&
    html`<div class="box problems" id="problems" role="alert" tabindex="-1" autofocus>
<h2>There is a problem</h2>
<ul>${items}</ul>
</div>
`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${failed && 'Error: '}${title} – OpenPunch</title>
${style}
</head>
<body>
<main${options.wide === true && html` class="wide"`}>
<div class="brand">${mark}OpenPunch</div>
${summary}${content}
</main>
</body>
</html>
`;
}

/** One labelled input. The id is the name, so that the summary of problems can lead to it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: string;
  readonly type?: 'text' | 'password' | 'email';
  readonly value?: string | undefined;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly focus?: boolean;
  /** Names and addresses that a phone must not capitalise or correct. */
  readonly verbatim?: boolean;
}

/** Writes a field with its hint and what is wrong with it. */
export function field(spec: Field, problems: Problems): Html {
  const { name, label, type = 'text', value, hint, optional = false } = spec;
  const failed = problems.general !== undefined || (problems.fields?.size ?? 0) > 0;
  return labelled(
    name,
    optional ? [label, html` <span class="free">(optional)</span>`] : label,
    hint,
    problems,
    (described) =>
      html`<input id="${name}" name="${name}" type="${type}" autocomplete="${
        spec.autocomplete
      }"${spec.verbatim === true && html` autocapitalize="none" autocorrect="off" spellcheck="false"`}${
        value !== undefined && value !== '' && html` value="${value}"`
      }${!optional && html` required`}${spec.focus === true && !failed && html` autofocus`}${described}>`,
  );
}

/** Writes a label, a control, a hint and what is wrong, and ties them together. */
export function labelled(
  name: string,
  label: Piece,
  hint: string | undefined,
  problems: Problems,
  control: (described: Piece) => Html,
): Html {
  const wrong = problems.fields?.get(name);
  const ids = [wrong !== undefined && `${name}-wrong`, hint !== undefined && `${name}-hint`].filter(
    (id) => id !== false,
  );
  const described = [
    wrong !== undefined && html` aria-invalid="true"`,
    ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`,
  ];
  return html`<div class="field">
<label for="${name}">${label}</label>
${control(described)}
${wrong !== undefined && html`<p class="wrong" id="${name}-wrong">${wrong}</p>`}${
  hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`
}
</div>
`;
}
