// The page of the review's rules, which is written from the rules.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BACKGROUND } from "../docs/review-rules";
import { REVIEW_RULES } from "../lib/review/rules";

const page = readFileSync(join(__dirname, "../docs/review.md"), "utf8");

test.each(REVIEW_RULES.map(({ id, page: link }) => [id, link]))(
  "%s has the anchor that it names",
  (id, link) => {
    expect(link).toBe(`review.md#${id}`);
    expect(page.split("\n")).toContain(`### ${id}`);
  },
);

test("every rule has its background, and no other has", () => {
  expect(Object.keys(BACKGROUND)).toEqual(REVIEW_RULES.map(({ id }) => id));
});
