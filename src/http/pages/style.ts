import { createHash } from 'node:crypto';
import { Html } from './html.ts';

const css = `
:root{color-scheme:light dark;--page:#eef2f5;--card:#fff;--text:#17212b;--quiet:#52606d;--line:#8795a1;--soft:#dde4ea;
--accent:#0b665a;--over:#084e45;--on:#fff;--tint:#e5f3f0;--bad:#a8161f;--bad-tint:#fdeeee;--shade:0 1px 2px #0f1a2414,0 12px 32px #0f1a2414}
@media (prefers-color-scheme:dark){:root{--page:#0e1318;--card:#182028;--text:#e9eef3;--quiet:#a9b6c2;--line:#6d7c8a;--soft:#2c3844;
--accent:#54cdb6;--over:#7bdfcc;--on:#06231e;--tint:#14322d;--bad:#ff9c9c;--bad-tint:#3a1d20;--shade:0 1px 2px #0006,0 12px 32px #0006}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
display:flex;flex-direction:column;align-items:center;padding:2rem 1rem}
main{width:100%;max-width:27rem;margin:auto 0;background:var(--card);border-radius:16px;box-shadow:var(--shade);padding:clamp(1.5rem,6vw,2rem)}
main.wide{max-width:38rem}
.brand{display:flex;align-items:center;gap:.5rem;margin:0 0 1.75rem;font-weight:650;color:var(--accent)}
.brand svg{flex:none}
h1{font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;margin:0 0 .5rem;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:1rem;line-height:1.4;font-weight:650;margin:0 0 .25rem}
p,li{overflow-wrap:anywhere}
p{margin:0 0 1rem}
.lead{color:var(--quiet);margin-bottom:1.5rem}
form{margin:0}
.field{margin:0 0 1.25rem}
.pair{display:grid;gap:0 1rem;align-items:start}
@media (min-width:34rem){.pair{grid-template-columns:1fr 1fr}}
label{display:block;font-weight:600;margin-bottom:.25rem}
.free{font-weight:400;color:var(--quiet)}
.hint{color:var(--quiet);font-size:.875rem;margin:.375rem 0 0}
.wrong{color:var(--bad);font-size:.875rem;font-weight:600;margin:.375rem 0 0}
input,select{display:block;width:100%;min-height:44px;padding:.5rem .75rem;font:inherit;color:var(--text);background:var(--card);
border:1px solid var(--line);border-radius:8px}
input[hidden]{display:none}
input[aria-invalid],select[aria-invalid]{border:2px solid var(--bad)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
input:focus-visible,select:focus-visible{outline-offset:0;border-color:var(--accent)}
fieldset{border:0;padding:0;margin:0 0 .5rem;min-width:0}
legend{padding:0;font-size:.8125rem;font-weight:650;letter-spacing:.05em;text-transform:uppercase;color:var(--quiet);margin-bottom:.75rem}
fieldset+fieldset{margin-top:1.75rem}
.actions{display:flex;flex-direction:column;gap:.75rem;margin-top:.5rem}
@media (min-width:26rem){.actions.two{flex-direction:row}.actions.two button{flex:1}}
button{min-height:44px;padding:.5rem 1.25rem;font:inherit;font-weight:650;border-radius:8px;border:1px solid transparent;cursor:pointer;
background:var(--accent);color:var(--on)}
button:hover{background:var(--over)}
button.plain{background:transparent;color:var(--text);border-color:var(--line)}
button.plain:hover{background:var(--soft)}
a{color:var(--accent)}
.links{margin:1.25rem 0 0;padding-top:.75rem;border-top:1px solid var(--soft);display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem}
.links a{display:inline-flex;align-items:center;min-height:44px;overflow-wrap:anywhere}
.box{border-radius:8px;padding:1rem;margin:0 0 1.5rem}
.box p:last-child,.box ul{margin-bottom:0}
.problems{background:var(--bad-tint);border:1px solid var(--bad)}
.problems h2,.problems a{color:var(--bad)}
.problems ul{margin:0;padding-left:1.25rem}
.news{background:var(--tint)}
.who{display:flex;align-items:center;gap:.75rem;border:1px solid var(--soft);border-radius:8px;padding:.75rem 1rem;margin:0 0 1.5rem}
.who p{margin:0;line-height:1.35;min-width:0}
.who .quiet{color:var(--quiet);font-size:.875rem}
.face{flex:none;width:40px;height:40px;border-radius:50%;background:var(--tint);color:var(--accent);display:grid;place-items:center;font-weight:650}
dl.facts{margin:0 0 1.25rem}
.facts dt{color:var(--quiet);font-size:.875rem}
.facts dd{margin:0 0 .75rem;font-size:1.125rem;font-weight:650;overflow-wrap:anywhere}
h2+ul.grants{margin-top:.75rem}
ul.grants{list-style:none;margin:0 0 1.5rem;padding:0}
ul.grants li{position:relative;padding:0 0 .625rem 1.75rem}
ul.grants li::before{content:"";position:absolute;left:.25rem;top:.35rem;width:.4rem;height:.75rem;border:solid var(--accent);border-width:0 2.5px 2.5px 0;transform:rotate(45deg)}
ul.grants li.never::before{left:.1rem;top:.75rem;width:.8rem;height:0;border-width:0 0 2.5px;border-color:var(--quiet);transform:none}
`;

/** The style of all pages, inline: a client that shows a page from another origin needs nothing else. */
export const style = new Html(`<style>${css}</style>`);

/** The source that allows exactly this style, for Content-Security-Policy's style-src. */
export const styleSource = `'sha256-${createHash('sha256').update(css).digest('base64')}'`;

/** The mark before the name: a clock face. */
export const mark = new Html(
  '<svg width="28" height="28" viewBox="0 0 28 28" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="14" cy="14" r="11.5"/><path d="M14 7.5V14l4.5 3"/></svg>',
);
