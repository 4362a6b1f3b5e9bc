/// The style sheet of every page: light and dark by the reader's choice, phone to desk, and paper.
enum PageStyle {
  static let css = """
    :root{--bg:#fbfaf7;--card:#fff;--ink:#1d2129;--muted:#5b6270;--rule:#dedad0;--grid:#e6e3da;--accent:#0b5c8f;--soft:#eef3f6;--alert:#fff4e0;--alertrule:#d98e00}
    @media (prefers-color-scheme:dark){:root{--bg:#14171c;--card:#1c2027;--ink:#e8e6e1;--muted:#a3a9b5;--rule:#333944;--grid:#2c313a;--accent:#7cc0ee;--soft:#20262f;--alert:#33290f;--alertrule:#e6b04a}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Hiragino Sans",sans-serif,"Noto Color Emoji"}
    header,main,footer{max-width:1080px;margin:0 auto;padding:0 24px}
    header{padding-top:40px;padding-bottom:4px}
    h1{font-size:2.1rem;line-height:1.2;margin:0 0 6px;overflow-wrap:anywhere}
    header p{margin:0;color:var(--muted)}
    nav{position:sticky;top:0;z-index:5;background:var(--bg);border-bottom:1px solid var(--rule)}
    nav div{max-width:1080px;margin:0 auto;padding:8px 24px;display:flex;flex-wrap:wrap;gap:2px 14px;font-size:.86rem}
    nav a{color:var(--muted);text-decoration:none;padding:2px 0}
    nav a:hover,nav a:focus{color:var(--accent);text-decoration:underline}
    a{color:var(--accent)}
    section{padding:26px 0 4px;scroll-margin-top:70px}
    h2{font-size:1.45rem;margin:0 0 12px;padding-top:14px;border-top:2px solid var(--rule)}
    section:first-of-type h2{border-top:0}
    h3{font-size:1.05rem;margin:18px 0 6px}
    p,li{max-width:78ch;overflow-wrap:anywhere}
    p{margin:0 0 12px}
    .lead{font-size:1.14rem;line-height:1.6}
    .alert{background:var(--alert);border-left:4px solid var(--alertrule);padding:9px 14px;border-radius:4px;max-width:none}
    .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:12px;margin:16px 0 18px}
    .tile{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:12px 16px}
    .tile dt{color:var(--muted);font-size:.88rem}
    .tile dd{margin:2px 0 0}
    .tile .v{font-size:1.25rem;font-weight:650;line-height:1.25;overflow-wrap:anywhere}
    .tile .n{font-size:.84rem;color:var(--muted)}
    figure{margin:0 0 18px;background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:12px 16px 10px;min-width:0}
    figcaption{font-weight:600;margin-bottom:2px;overflow-wrap:anywhere}
    figure>p{color:var(--muted);font-size:.88rem;margin:0 0 6px;max-width:none}
    .pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 16px}
    .scroll{overflow-x:auto;scrollbar-width:thin}
    svg{display:block;width:100%;height:auto}
    svg text{font-size:13px;fill:var(--ink);font-family:inherit}
    svg .m{fill:var(--muted)}svg .s{font-size:11.5px}
    svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
    svg .grid{stroke:var(--grid)}svg .zero{stroke:var(--muted)}
    svg .overlay{stroke-width:2.5;stroke-linejoin:round}
    svg .box{fill:var(--card);stroke:var(--rule)}svg .group{fill:var(--soft);stroke:var(--rule);stroke-dasharray:4 3}
    svg .wire{stroke:var(--muted);stroke-width:1.6;fill:none}
    table{border-collapse:collapse;font-size:.92rem;min-width:min(100%,420px);font-variant-numeric:tabular-nums}
    caption{text-align:left;font-weight:600;padding:4px 0 6px}
    th,td{padding:5px 14px 5px 0;text-align:left;border-bottom:1px solid var(--rule);vertical-align:top}
    th{font-weight:600;color:var(--muted);font-size:.86rem}
    tbody th:not(.r){min-width:8.5em}
    tbody th{color:var(--ink);font-weight:400;font-size:inherit;overflow-wrap:break-word}
    .r{text-align:right;white-space:nowrap}
    tr.total td,tr.total th{font-weight:650;border-top:2px solid var(--muted)}
    .table{margin:0 0 18px}
    .sorts td:nth-child(2){min-width:11em}
    .sorts th button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit;cursor:pointer}
    .sorts th[aria-sort] button{color:var(--accent)}
    .filter[hidden]{display:none}.filter input{font:inherit;font-size:.9rem;color:var(--ink);background:var(--card);border:1px solid var(--rule);border-radius:7px;padding:4px 11px}
    details{border:1px solid var(--rule);border-radius:10px;background:var(--card);padding:8px 16px;margin:0 0 14px}
    summary{cursor:pointer;font-weight:600}
    details>*:nth-child(2){margin-top:12px}
    .bar{display:flex;flex-wrap:wrap;gap:8px;margin:4px 0 8px;align-items:center}
    button,select{font:inherit;font-size:.9rem;color:var(--ink);background:var(--soft);border:1px solid var(--rule);border-radius:7px;padding:4px 11px;max-width:100%;box-sizing:border-box}
    button{cursor:pointer}button:hover,button:focus-visible,select:focus-visible{outline:2px solid var(--accent)}
    button[aria-pressed=true]{background:var(--accent);color:var(--card)}
    .plot{width:100%;display:none}
    .live .plot{display:block}.live>.scroll>svg,.live>svg{display:none}
    canvas{width:100%;display:block}
    .js{display:none}.hasjs .js{display:flex}.hasjs .plot.js{display:block}
    .tip{font-size:.86rem;color:var(--muted);min-height:1.5em}
    footer{color:var(--muted);font-size:.86rem;padding-top:24px;padding-bottom:40px}
    @media (max-width:760px){
    header,main,footer{padding-left:16px;padding-right:16px}nav div{padding-left:16px;flex-wrap:nowrap;overflow-x:auto;white-space:nowrap;scrollbar-width:none}
    h1{font-size:1.6rem}.lead{font-size:1.05rem}.pair{grid-template-columns:minmax(0,1fr)}
    .tiles{grid-template-columns:repeat(2,minmax(0,1fr))}.tile{padding:10px 12px}.tile .v{font-size:1.2rem}
    figure{padding:10px 10px 8px}.wide svg{min-width:720px}
    }
    @media print{
    :root{--bg:#fff;--card:#fff;--ink:#000;--muted:#444;--rule:#bbb;--grid:#ddd;--soft:#fff;--alert:#fff;--accent:#000}
    body{font-size:10.5pt}nav,.js,.hasjs .js,.hasjs .plot.js{display:none!important}
    .live .plot{display:none}.live>.scroll>svg,.live>svg{display:block}
    figure,tr,.tile{break-inside:avoid}h2,h3{break-after:avoid}section{padding-top:10px}
    .scroll{overflow:visible}.wide svg{min-width:0}
    header,main,footer{max-width:none;padding-left:0;padding-right:0}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    @page{margin:16mm}
    }
    """
}
