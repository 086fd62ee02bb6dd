/** Style of a report's page, light or dark as the reader has it. Before is orange, after blue. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1b2130;--faint:#5d687c;--paper:#fff;--panel:#f1f3f7;--line:#d5dae3;--before:#c2620a;--after:#1f5fd0}
@media (prefers-color-scheme:dark){:root{--ink:#eef1f7;--faint:#98a3b8;--paper:#0f131c;--panel:#1a202d;--line:#2f3848;--before:#ffb05c;--after:#6ea8ff}}
body{margin:0 auto;padding:28px 24px 60px;max-width:1000px;background:var(--paper);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:24px;margin:0 0 4px}h2{font-size:17px;margin:34px 0 8px}h3{font-size:14px;margin:14px 0 2px;color:var(--faint);font-weight:600}
p{margin:6px 0}.sub{color:var(--faint)}
.keys{display:flex;flex-wrap:wrap;gap:10px;margin:18px 0}.keys div{background:var(--panel);border-radius:8px;padding:10px 16px;min-width:120px}
.keys b{display:block;font-size:20px;font-variant-numeric:tabular-nums}.keys span{color:var(--faint);font-size:13px}
ol{padding-left:24px}li{margin:8px 0}li b{margin-right:6px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:4px 18px 4px 0;text-align:left;border-bottom:1px solid var(--line)}
th[scope=row]{font-weight:400}td{text-align:right}th[scope=col]{text-align:right}
.chart{display:block;width:100%;height:auto;background:var(--panel);border-radius:8px;padding:8px;box-sizing:border-box}
.chart text{font:12px ui-sans-serif,system-ui,sans-serif;fill:var(--faint)}.chart .grid{stroke:var(--line)}
.chart path{fill:none;stroke-width:1.4;stroke-linejoin:round}.chart .before{stroke:var(--before)}.chart .after{stroke:var(--after)}
.chart .aim{stroke:var(--ink);stroke-dasharray:5 4}.chart .gain{stroke:var(--after)}
.chart .filled{stroke:none;fill-opacity:.75}.chart .before.filled{fill:var(--before)}.chart .after.filled{fill:var(--after)}.chart .peak.filled{fill-opacity:.3}
.key{display:inline-block;width:12px;height:12px;border-radius:3px;margin:0 5px 0 14px;vertical-align:-1px}.key.b{background:var(--before)}.key.a{background:var(--after)}
.player{display:flex;flex-wrap:wrap;align-items:center;gap:10px 18px;background:var(--panel);border-radius:8px;padding:12px 16px}
.player button{font:inherit;min-width:76px;padding:6px 14px;border:1px solid var(--line);border-radius:8px;background:var(--paper);color:inherit;cursor:pointer}
.player :disabled{opacity:.5;cursor:default}.player input[type=range]{flex:1;min-width:180px;accent-color:var(--after)}
.choice{display:flex;gap:14px}.choice label{display:flex;align-items:center;gap:5px;cursor:pointer}
#hear-before{accent-color:var(--before)}#hear-after{accent-color:var(--after)}
.player output{color:var(--faint);font-variant-numeric:tabular-nums}:focus-visible{outline:2px solid var(--after);outline-offset:2px}
kbd{font:inherit;font-size:12px;padding:0 5px;border:1px solid var(--line);border-radius:4px;color:var(--faint)}
.warning{border-left:4px solid var(--before);padding-left:12px}
@media print{body{max-width:none}.player{display:none}}
`;
