// Which languages are inked, under which names people write, and where their grammars lie; each is a chunk of its own.

import type { Grammar } from "./highlighter.ts";

type Load = () => Promise<{ default: Grammar }>;

const LOADS = {
  bash: () => import("highlight.js/lib/languages/bash"),
  c: () => import("highlight.js/lib/languages/c"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"),
  css: () => import("highlight.js/lib/languages/css"),
  diff: () => import("highlight.js/lib/languages/diff"),
  dockerfile: () => import("highlight.js/lib/languages/dockerfile"),
  go: () => import("highlight.js/lib/languages/go"),
  ini: () => import("highlight.js/lib/languages/ini"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  kotlin: () => import("highlight.js/lib/languages/kotlin"),
  lua: () => import("highlight.js/lib/languages/lua"),
  makefile: () => import("highlight.js/lib/languages/makefile"),
  markdown: () => import("highlight.js/lib/languages/markdown"),
  nginx: () => import("highlight.js/lib/languages/nginx"),
  perl: () => import("highlight.js/lib/languages/perl"),
  php: () => import("highlight.js/lib/languages/php"),
  python: () => import("highlight.js/lib/languages/python"),
  r: () => import("highlight.js/lib/languages/r"),
  ruby: () => import("highlight.js/lib/languages/ruby"),
  rust: () => import("highlight.js/lib/languages/rust"),
  scss: () => import("highlight.js/lib/languages/scss"),
  sql: () => import("highlight.js/lib/languages/sql"),
  swift: () => import("highlight.js/lib/languages/swift"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
} satisfies Record<string, Load>;

export type Language = keyof typeof LOADS;

const OTHER_NAMES: Readonly<Record<string, Language>> = {
  js: "javascript",
  jsx: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  ts: "typescript",
  tsx: "typescript",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  zsh: "bash",
  console: "bash",
  html: "xml",
  svg: "xml",
  htm: "xml",
  yml: "yaml",
  toml: "ini",
  conf: "ini",
  md: "markdown",
  "c++": "cpp",
  cc: "cpp",
  h: "c",
  hpp: "cpp",
  "c#": "csharp",
  cs: "csharp",
  kt: "kotlin",
  pl: "perl",
  patch: "diff",
  docker: "dockerfile",
  make: "makefile",
  golang: "go",
  postgres: "sql",
  sqlite: "sql",
};

/** The language that a fence's word means; undefined when its code stays in plain ink. */
export function languageOf(written: string): Language | undefined {
  const word = written.toLowerCase();
  if (Object.hasOwn(OTHER_NAMES, word)) return OTHER_NAMES[word];
  return Object.hasOwn(LOADS, word) ? (word as Language) : undefined;
}

/** The grammar, fetched from this origin when first asked for. */
export async function loadGrammar(language: Language): Promise<Grammar> {
  return (await LOADS[language]()).default;
}
