/** The look of the unsubscribe pages: the font of the device, one column, one button that a thumb cannot miss. Old browsers know all of it. */
export const linkStyle = `:root{color-scheme:light dark;--page:#eef1f4;--card:#fff;--ink:#17202a;--soft:#53606d;--line:#d8dee5;--accent:#1b5e8c;--pressed:#154a6e;--on:#fff;--tint:#e4eff7;--good:#1d6b45;--goodtint:#e1f2e8;--alert:#8f2f22;--alerttint:#fbeae7}
@media (prefers-color-scheme:dark){:root{--page:#10151a;--card:#1a2129;--ink:#eef2f6;--soft:#a9b5c1;--line:#323d48;--accent:#8cc8f2;--pressed:#b4dcf8;--on:#0b1f2e;--tint:#1d3344;--good:#83d6a9;--goodtint:#17352a;--alert:#f5b1a6;--alerttint:#40211c}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--page);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:30rem;margin:auto;padding:2.5rem 1.5rem;background:var(--card);overflow-wrap:anywhere}
.from{margin:0 0 2rem;color:var(--soft);font-weight:600}
.sign{display:block;width:3.5rem;height:3.5rem;padding:.8rem;border-radius:50%;background:var(--tint);color:var(--accent);fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.done{background:var(--goodtint);color:var(--good)}
.broken,.wait{background:var(--alerttint);color:var(--alert)}
h1{margin:1.25rem 0 .75rem;font-size:1.75rem;line-height:1.2;letter-spacing:-.01em;text-wrap:balance}
p{margin:0}
dl{margin:1.5rem 0 0;border-top:1px solid var(--line)}
dl div{display:flex;gap:1rem;padding:.75rem 0;border-bottom:1px solid var(--line)}
dt{flex:0 0 6.5rem;color:var(--soft)}
dd{margin:0;font-weight:600}
form{margin:2rem 0 0}
button,.button{display:block;width:100%;min-height:3.5rem;padding:.85rem 1.25rem;border:2px solid var(--accent);border-radius:.875rem;background:var(--accent);color:var(--on);font:inherit;font-size:1.125rem;font-weight:700;line-height:1.4;text-align:center;text-decoration:none;cursor:pointer}
button:hover,.button:hover{background:var(--pressed);border-color:var(--pressed)}
.quiet,.quiet:hover{background:transparent;border-color:var(--soft);color:var(--ink)}
.quiet:hover{border-color:var(--accent);color:var(--accent)}
.button{margin-top:2rem}
.note{margin-top:1.25rem;color:var(--soft);font-size:.9375rem}
details{margin-top:2rem;border-top:1px solid var(--line);padding-top:.5rem}
dl+details{border-top:0;margin-top:1rem;padding-top:0}
summary{display:inline-block;padding:.7rem 0;min-height:2.75rem;color:var(--accent);font-weight:600;text-decoration:underline;text-underline-offset:.2em;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
details form{margin:.5rem 0 0}
label{display:flex;gap:.9rem;padding:1rem;border:1px solid var(--line);border-radius:.875rem;cursor:pointer}
input{flex:none;width:1.5rem;height:1.5rem;margin:.1rem 0 0;accent-color:var(--accent)}
label+button{margin-top:1rem}
.alert{margin:0 0 1rem;padding:.85rem 1rem;border-radius:.875rem;background:var(--alerttint);color:var(--alert);font-weight:600}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:.875rem}
input:focus-visible{border-radius:.25rem}
@media (min-width:34rem){body{padding:3rem 1.5rem}main{padding:3rem;border-radius:1.5rem;border:1px solid var(--line)}}
@media (max-width:33.99rem){body{background:var(--card)}main{margin:0 auto}}
@media (forced-colors:active){.sign{border:1px solid}}`;
