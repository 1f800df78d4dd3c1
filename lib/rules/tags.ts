// What AWS refuses in tags.
import { MAX_TAGS, TAG_KEY, TAG_PATTERN, TAG_VALUE } from "../facts/limits";
import type { Issue } from "../issues";
import { error } from "../issues";
import { lengthRules, show } from "./text";

const CHARACTERS = "letters, digits, spaces and _ . : / = + - @";

/** Refuses tags that not every tagged resource takes; paths begin with the key of the tag. */
export function tagRules(tags: Readonly<Record<string, string | undefined>> | undefined): Issue[] {
  if (tags === undefined) return [];
  const keys = Object.keys(tags);
  return [
    ...(keys.length > MAX_TAGS
      ? [
          error("too-many-tags", [], `there are more than ${MAX_TAGS} tags`, {
            at: "key",
            got: `${keys.length} tags`,
            expected: `at most ${MAX_TAGS} tags`,
          }),
        ]
      : []),
    ...keys.flatMap((key) => [...keyRules(key), ...valueRules(key, tags[key])]),
  ];
}

function keyRules(key: string): Issue[] {
  if (/^aws:/i.test(key)) {
    return [
      error("tag-key", [key], "a tag key begins with aws:, which AWS keeps for itself", {
        at: "key",
        got: show(key),
        remedy: "use another prefix",
      }),
    ];
  }
  if (!TAG_PATTERN.test(key)) {
    return [
      error("tag-key", [key], "a tag key has characters that AWS does not take", {
        at: "key",
        got: show(key),
        expected: CHARACTERS,
      }),
    ];
  }
  return lengthRules("tag-key", [key], "a tag key", key, TAG_KEY).map((issue): Issue => ({
    ...issue,
    at: "key",
  }));
}

function valueRules(key: string, value: string | undefined): Issue[] {
  if (value !== undefined && !TAG_PATTERN.test(value)) {
    return [
      error("tag-value", [key], `tag ${key} has characters that AWS does not take`, {
        got: show(value),
        expected: CHARACTERS,
      }),
    ];
  }
  return lengthRules("tag-value", [key], `the value of tag ${key}`, value, TAG_VALUE);
}
