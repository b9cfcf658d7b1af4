/// How a report looks: one column that is read on a telephone too, with colours after Okabe and Ito's, which the colour-blind tell
/// apart. (Okabe and Ito, Color Universal Design, 2008.)
let reportStyle = """
  :root { color-scheme: light dark; --paper: #ffffff; --ink: #1c1f23; --soft: #5a6169; --rule: #d8dce0; --tint: #f3f5f7;
    --plus: #b3401f; --minus: #1f62a8; --shade-colour: 31, 98, 168;
    --l0: #0060a8; --l1: #b3401f; --l2: #00795a; --l3: #8a4a86; --l4: #7a5c00; }
  @media (prefers-color-scheme: dark) { :root { --paper: #15181b; --ink: #e8eaed; --soft: #a9b0b7; --rule: #3a4046; --tint: #1f2327;
    --plus: #f08a66; --minus: #6fb1ee; --shade-colour: 111, 177, 238;
    --l0: #6fb1ee; --l1: #f08a66; --l2: #3fc79a; --l3: #d596d1; --l4: #e0be4a; } }
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
  .chart { width: 100%; max-width: 36rem; display: block; font-size: 14px; } .chart text { fill: var(--ink); }
  .chart circle { stroke-dasharray: none; } .grid { stroke: var(--rule); } .axis { stroke: var(--soft); fill: none; }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .l0 { stroke: var(--l0); } .l1 { stroke: var(--l1); stroke-dasharray: 8 4; } .l2 { stroke: var(--l2); stroke-dasharray: 2 4; }
  .l3 { stroke: var(--l3); stroke-dasharray: 10 3 2 3; } .l4 { stroke: var(--l4); stroke-dasharray: 14 4; }
  .legend span { display: inline-block; margin-left: 1rem; } .key { width: 28px; height: 8px; margin-right: .4rem; vertical-align: middle; }
  .scroll { overflow-x: auto; margin: 1rem 0; } table { border-collapse: collapse; min-width: min(100%, 24rem); font-variant-numeric: tabular-nums; }
  caption { text-align: left; color: var(--soft); padding-bottom: .35rem; } thead { border-bottom: 1px solid var(--rule); }
  th, td { padding: .2rem .6rem; text-align: right; vertical-align: top; font-weight: normal; }
  td { white-space: nowrap; } th[scope=col] { color: var(--soft); } th[scope=row], th:first-child { text-align: left; }
  th[scope=row] { min-width: 4rem; max-width: 24rem; } .words td, .words th { text-align: left; white-space: normal; }
  .matrix td { min-width: 2.2rem; background: rgba(var(--shade-colour), calc(var(--shade, 0) * .5)); }
  .bars { width: 100%; } .bars .bar { width: 40%; min-width: 6rem; position: relative; }
  .bar i { position: absolute; top: .45rem; height: .8rem; width: var(--size); }
  .bar .plus { left: 50%; background: var(--plus); } .bar .minus { right: 50%; background: var(--minus); }
  .gallery { display: flex; flex-wrap: wrap; gap: 1rem; } .gallery figure { width: 7rem; margin: 0; }
  .gallery img { width: 100%; image-rendering: pixelated; } .gallery figcaption { font-size: .875rem; }
  details { margin: .75rem 0; } summary { cursor: pointer; color: var(--l0); padding: .25rem 0; }
  :focus-visible { outline: 2px solid var(--l0); outline-offset: 2px; }
  """
