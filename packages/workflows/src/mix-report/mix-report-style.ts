/** What the page of a mix has beside the style of all reports. */
export const MIX_REPORT_STYLE = `
body{max-width:1240px}
#picture{overflow-x:auto;border-radius:8px;background:#0f131c}#picture .mix{display:block;min-width:900px;width:100%;height:auto}
#picture.live{overflow:hidden}#picture.live .mix{min-width:0;cursor:grab;touch-action:pan-y;user-select:none}
.mix .shapes path{vector-effect:non-scaling-stroke}.mix .frame{rx:0}.mix .cursor{stroke:#ff5c7a;stroke-width:2;fill:none}
.bar-of-tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:8px 0}.bar-of-tools output{color:var(--faint);font-variant-numeric:tabular-nums}
button{font:inherit;padding:4px 12px;border:1px solid var(--line);border-radius:8px;background:var(--paper);color:inherit;cursor:pointer}button:disabled{opacity:.5;cursor:default}
section{border-top:1px solid var(--line);margin-top:26px;padding-top:6px;overflow-wrap:anywhere}
section h3{font-size:17px;color:var(--ink);margin:10px 0 2px}audio{display:block;width:100%;margin:10px 0}
.measured{display:flex;flex-wrap:wrap;gap:4px 26px;margin:8px 0;padding:0;list-style:none}.measured li{margin:0}.measured b{margin:0 4px 0 0;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}.wide .chart{min-width:560px}.wide table{width:100%}.wide td,.wide th{text-align:left;vertical-align:top;padding-right:12px;overflow-wrap:normal}.wide td.number,.wide th.number{text-align:right;white-space:nowrap}
td:has(+ .why),tr:has(+ .why) td{border-bottom:0;padding-bottom:0}.why td{padding-top:0}tr.chosen{background:var(--panel)}details{margin:10px 0}details table{min-width:620px}summary{cursor:pointer}
@media print{audio,.bar-of-tools,section button{display:none}}
`;
