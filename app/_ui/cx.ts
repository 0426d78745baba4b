// Joins the class names that apply, so that components need no template strings.

/** The given names that are truthy, separated by spaces; undefined when none is. */
export function cx(...names: readonly (string | false | null | undefined)[]): string | undefined {
  const kept = names.filter((name): name is string => typeof name === "string" && name !== "");
  return kept.length === 0 ? undefined : kept.join(" ");
}
