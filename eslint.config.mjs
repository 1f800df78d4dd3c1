import tseslint from "typescript-eslint";

// One stray root import of the provider package costs 2-3 s and 600 MB at every synth.
const providerRoot = ["", "/lib", "/lib/index", "/lib/index.js"].map((path) => ({
  name: `@cdktf/provider-aws${path}`,
  message: "import each class by its own path: @cdktf/provider-aws/lib/<resource>",
}));

// The wall: what needs a scope lives in modules, everything else in lib.
const wall = [
  {
    group: ["cdktf", "cdktf/*", "constructs", "@cdktf/*"],
    message: "lib holds pure functions and data: what needs a construct belongs in modules",
  },
  {
    group: ["**/modules", "**/modules/*", "**/modules/**"],
    message: "modules import lib, never the other way round",
  },
];

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "**/cdktf.out/", "node_modules/", "jest.config.js"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      "no-restricted-imports": ["error", { paths: providerRoot }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "max-lines": ["error", { max: 320, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["lib/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { paths: providerRoot, patterns: wall }],
      // The rule above knows import declarations only.
      "no-restricted-syntax": [
        "error",
        ...["ImportExpression[source.value", "TSImportType[argument.literal.value"].map((selector) => ({
          selector: `${selector}=/^(cdktf|constructs|@cdktf)(\\u002F|$)/]`,
          message: "lib holds pure functions and data: what needs a construct belongs in modules",
        })),
      ],
    },
  },
  {
    files: ["modules/sources/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: providerRoot,
          patterns: [
            {
              group: ["**/targets", "**/targets/**"],
              message: "sources and targets never import each other",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["modules/targets/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: providerRoot,
          patterns: [
            {
              group: ["**/sources", "**/sources/**"],
              message: "sources and targets never import each other",
            },
          ],
        },
      ],
    },
  },
  { files: ["test/**/*.ts"], rules: { "max-lines": "off" } },
);
