import type { LanguageName } from './languages.ts';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

type Finish = (code: string, basic: Credentials | undefined) => string;

/**
 * What the writers of samples leave out: imports, the answer on the screen, and names and keys in clear where they write the
 * encoded header of Basic authentication ('Basic BASE64' in what they give).
 */
export const finishes: Readonly<Record<LanguageName, Finish>> = {
  curl: (code, basic) =>
    basic ? code.replace("--header 'Authorization: Basic BASE64'", `--user '${joined(basic)}'`) : code,

  csharp: (code, basic) => {
    const imports = ['using System.Net.Http.Headers;', ...(basic ? ['using System.Text;'] : []), ''];
    const header = `Convert.ToBase64String(Encoding.UTF8.GetBytes("${basic && joined(basic)}"))`;
    const print = 'Console.WriteLine(await response.Content.ReadAsStringAsync());';
    return [...imports, code.replace('"BASE64"', header), print].join('\n');
  },

  java: (code, basic) => {
    const imports = ['import java.net.http.*;', ...(basic ? ['import java.util.Base64;'] : []), ''];
    const header = `"Basic " + Base64.getEncoder().encodeToString("${basic && joined(basic)}".getBytes())`;
    const body = code
      .replace('"Basic BASE64"', header)
      .replaceAll('java.net.URI.create', 'URI.create')
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`));
    return ['import java.net.URI;', ...imports, 'void main() throws Exception {', ...body, '}'].join('\n');
  },

  node: (code, basic) => {
    const header = `'Basic ' + btoa('${basic && joined(basic)}')`;
    const call = `const response = await ${code.replace("'Basic BASE64'", header)};`;
    return `${call}\n\nconsole.log(await response.text());`;
  },

  php: (code, basic) => {
    const header = `'Authorization: Basic ' . base64_encode('${basic && joined(basic)}')`;
    const call = code.replace("'Authorization: Basic BASE64'", header).replaceAll(`'${emptyObject}'`, 'new stdClass()');
    // A form is written between apostrophes, which it may hold.
    const form = /(?<=CURLOPT_POSTFIELDS, ')[\w.~%-]+=.*(?='\);)/;
    return `<?php\n\n${call.replace(form, (fields) => fields.replaceAll("'", '%27'))}`;
  },

  ruby: (code, basic) => {
    const call = `request.basic_auth('${basic?.user}', '${basic?.password}')`;
    // As the quotes are, Ruby would read the escapes of the JSON itself.
    const quoted = code.replace('<<~JSON', "<<~'JSON'");
    return quoted.replace(`request["Authorization"] = 'Basic BASE64'`, call);
  },

  python: (code, basic) => {
    const header = `"Authorization": "Basic BASE64"`;
    const pair = `auth=("${basic?.user}", "${basic?.password}"),\n`;
    const [alone, first] = [new RegExp(` *headers=\\{\\s*${header}\\s*\\},?\\n`), new RegExp(`${header},\\s*`)];
    let call = code;
    if (basic) call = alone.test(call) ? call.replace(alone, `    ${pair}`) : call.replace(first, '');
    if (basic && !call.includes(pair)) call = call.replace(/^( *)headers=/m, `$1${pair}$1headers=`);
    return `import requests\n\nresponse = ${call}\n\nprint(response.text)`;
  },

  go: (code, basic) =>
    code
      .replace(
        'req.Header.Add("Authorization", "Basic BASE64")',
        `req.SetBasicAuth("${basic?.user}", "${basic?.password}")`,
      )
      .replace('\tfmt.Println(res)\n', ''),
};

/** Stands for an empty object in PHP's samples, whose empty array would be sent as a list. */
export const emptyObject = 'EMPTY_OBJECT';

function joined({ user, password }: Credentials): string {
  return `${user}:${password}`;
}
