// What our style sheets may not do: raw colours outside tokens.css, physical sides (the page mirrors), ids, !important.
export default {
  plugins: ["stylelint-use-logical"],
  rules: {
    "csstools/use-logical": ["always", { except: [/^(min-|max-)?(width|height)$/] }],
    "color-no-hex": true,
    "color-named": "never",
    "declaration-no-important": [true, { severity: "warning" }],
    "selector-max-id": 0,
    "block-no-empty": true,
    "property-no-unknown": true,
    "unit-no-unknown": true,
    "declaration-block-no-duplicate-properties": [true, { ignore: ["consecutive-duplicates-with-different-values"] }],
    "no-duplicate-selectors": true,
  },
  overrides: [
    { files: ["**/tokens.css"], rules: { "color-no-hex": null } },
    { files: ["**/screen_old.css"], rules: { "csstools/use-logical": null } }, // for browsers that know no other sides
  ],
}
