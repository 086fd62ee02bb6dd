/** The look of the page of results: light or dark as the reader has it, one column at phone width. */
export const PAGE_STYLE = `
:root{--ink:#1b2130;--faint:#5d687c;--paper:#fff;--raised:#f6f7fa;--line:#dfe3ea;--heard:#1f5fd0;--known:#c2620a;--good:#15803d;--bad:#b42318}
@media (prefers-color-scheme:dark){:root{--ink:#eef1f7;--faint:#98a3b8;--paper:#0f131c;--raised:#171c28;--line:#2a3242;--heard:#6ea8ff;--known:#ffb05c;--good:#5fd38d;--bad:#ff8a7a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header,main{max-width:1240px;margin:0 auto;padding:0 20px}
header{padding-top:28px}h1{font-size:26px;margin:0}h2{font-size:19px;margin:36px 0 8px}h3{font-size:15px;margin:0 0 6px}
p{margin:0 0 10px;max-width:75ch;color:var(--faint)}.facts{margin-top:4px;max-width:none}.facts span{opacity:.5}small{font-weight:400;color:var(--faint)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th,td{padding:5px 10px;text-align:left;white-space:nowrap;border-bottom:1px solid var(--line)}
tbody tr:last-child>*{border-bottom:0}thead th{background:var(--raised);font-weight:600}tbody th{font-weight:600;white-space:normal;min-width:130px}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}td.own{font-weight:650}td.better{color:var(--good);font-weight:650}td.worse{color:var(--bad);font-weight:650}
thead button{all:unset;cursor:pointer}thead button:focus-visible{outline:2px solid var(--heard)}
th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}
#files td:nth-child(3){color:var(--bad)}#files a{color:var(--heard)}
.tools{display:flex;gap:18px;align-items:center;flex-wrap:wrap}
input[type=search]{font:inherit;padding:4px 8px;border:1px solid var(--line);border-radius:6px;background:var(--raised);color:inherit}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:28px;align-items:start}
.bar{display:grid;grid-template-columns:92px minmax(0,1fr);gap:8px;margin:2px 0}.bar i{display:inline-block;height:13px;border-radius:3px;min-width:2px;vertical-align:-2px}
.bar b{font-variant-numeric:tabular-nums}
.bar .right{background:var(--heard)}.bar .wrong{background:var(--known)}
.remarks{font:13px/1.7 ui-monospace,"SF Mono",Menlo,Consolas,monospace;padding-left:18px;white-space:pre-wrap;margin:0}
.plot{width:100%;max-width:420px}.plot text,.interval text{font-size:11px;fill:var(--faint)}
.axis{stroke:var(--line);fill:none}.diagonal{stroke:var(--faint);stroke-dasharray:4 4}.trend{stroke:var(--heard);fill:none;stroke-opacity:.4}
.dot{fill:var(--heard);fill-opacity:.85}.ring{fill:var(--paper);stroke:var(--known);stroke-width:1.8}.span{stroke:var(--heard);stroke-width:3;stroke-opacity:.45}
details{border:1px solid var(--line);border-radius:8px;margin:8px 0;scroll-margin-top:12px}summary{cursor:pointer;padding:8px 12px;color:var(--bad)}summary b{color:var(--ink)}
.wide{overflow-x:auto;padding:6px 12px}.wide svg{width:100%;min-width:640px;display:block}
.panels{padding:6px 12px 16px;columns:2 380px;column-gap:24px}.panels svg{width:100%;display:block;break-inside:avoid;margin-bottom:14px}
@media (max-width:600px){header,main{padding:0 12px}thead th:first-child,tbody th,#files td:first-child{position:sticky;left:0;background:var(--raised)}tbody th small{display:none}}
`;
