/// How a report looks: one column that is read on a telephone too.
let reportStyle = """
  :root { color-scheme: light dark; \(Palette.light.variables) }
  @media (prefers-color-scheme: dark) { :root { \(Palette.dark.variables) } }
  * { box-sizing: border-box; }
  body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
    font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
  h1 { font-size: 1.7rem; margin: 0; line-height: 1.2; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
  h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; } header p { color: var(--soft); margin: .25rem 0 1.25rem; }
  a { color: var(--l0); } nav a { display: inline-block; margin-right: 1rem; padding: .25rem 0; }
  .highlights { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; margin-bottom: 1rem; }
  .highlights div { background: var(--tint); border-radius: .5rem; padding: .75rem 1rem; }
  .highlights strong { display: block; font-size: 1.5rem; line-height: 1.2; } .highlights span { color: var(--soft); }
  dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .25rem 1rem; margin: 0; }
  dt { color: var(--soft); } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
  pre { background: var(--tint); padding: .75rem 1rem; border-radius: .5rem; overflow-x: auto; white-space: pre-wrap; font-size: .9rem; }
  figure { margin: 1rem 0; } figcaption { color: var(--soft); } img { max-width: 100%; height: auto; background: #fff; border-radius: .25rem; }
  .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 1.5rem; }
  .chart { width: 100%; max-width: 36rem; display: block; font-size: 14px; }
  \(chartRules { "var(--\($0))" })
  .legend span { display: inline-block; margin-left: 1rem; } .key { width: 28px; height: 8px; margin-right: .4rem; vertical-align: middle; }
  /* A shadow at an edge beyond which there is more: covered by what scrolls along where there is none. */
  .scroll { overflow-x: auto; margin: 1rem 0; background:
    linear-gradient(to right, var(--paper) 50%, transparent) left / 2rem 100% no-repeat local,
    linear-gradient(to left, var(--paper) 50%, transparent) right / 2rem 100% no-repeat local,
    linear-gradient(to right, var(--soft), transparent) left / .6rem 100% no-repeat,
    linear-gradient(to left, var(--soft), transparent) right / .6rem 100% no-repeat; } table { border-collapse: collapse; min-width: min(100%, 24rem); font-variant-numeric: tabular-nums; }
  caption { max-width: calc(100vw - 2rem); position: sticky; left: 0; text-align: left; color: var(--soft); padding-bottom: .35rem; } thead { border-bottom: 1px solid var(--rule); }
  th, td { padding: .2rem .6rem; text-align: right; vertical-align: top; font-weight: normal; }
  td { white-space: nowrap; } th[scope=col] { color: var(--soft); } th[scope=row], th:first-child { text-align: left; }
  th[scope=row] { min-width: 4rem; max-width: 24rem; } .words td, .words th { text-align: left; white-space: normal; }
  .words td { min-width: 6rem; } .words td:last-child { min-width: 14rem; overflow-wrap: anywhere; }
  .matrix td { min-width: 2.2rem; background: rgba(var(--shade-colour), calc(var(--shade, 0) * .5)); }
  .bars { width: 100%; } .bars .bar { width: 40%; min-width: 6rem; position: relative; }
  .bar i { position: absolute; top: .45rem; height: .8rem; width: var(--size); }
  .bar .plus { left: 50%; background: var(--plus); } .bar .minus { right: 50%; background: var(--minus); }
  .gallery { display: flex; flex-wrap: wrap; gap: 1rem; } .gallery figure { width: 7rem; margin: 0; }
  .gallery img { width: 100%; image-rendering: pixelated; } .gallery figcaption { font-size: .875rem; }
  details { margin: .75rem 0; } summary { cursor: pointer; color: var(--l0); padding: .25rem 0; }
  @media (max-width: 32rem) { .chart { font-size: 16px; } th, td { padding: .2rem .35rem; font-size: .875rem; }
    th[scope=row] { max-width: 9rem; } .matrix td { min-width: 1.6rem; }
    .words td { min-width: 3rem; } .words td:last-child { min-width: 10rem; } .bars .bar { min-width: 3.5rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 .5rem; } }
  :focus-visible { outline: 2px solid var(--l0); outline-offset: 2px; }
  """
