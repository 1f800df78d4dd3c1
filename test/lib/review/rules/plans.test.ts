// Every rule on every stored plan: it fires where it should, in exactly these words, and nowhere else.
import { LEVELS } from "../../../../lib/review/finding";
import { REVIEW_RULES } from "../../../../lib/review/rules";
import { CASES } from "../../../review/cases";
import { EXPECTED } from "../../../review/expected";
import { everythingSaid, planNames, said, storedPlan } from "../../../review/view";

const plans = planNames().map((name) => [name, storedPlan(name)] as const);
const ruleOf = (text: string) => text.split(" ")[0] ?? "";

test.each(plans)("%s", (name, view) => {
  expect(everythingSaid(view)).toEqual(EXPECTED[name]?.says);
});

test("every plan that is made is kept, and every plan that is kept is made or written by hand", () => {
  const made = planNames().filter((name) => !name.startsWith("hand-written"));
  expect(made).toEqual(CASES.map(({ file }) => file).sort());
  expect(Object.keys(EXPECTED).sort()).toEqual(planNames());
});

test.each(plans.filter(([name]) => /(?:^|\/)(?:clean|harmless)-/.test(name)))(
  "nothing is said against %s but that a check has to wait",
  (_, view) => {
    expect(
      everythingSaid(view)
        .map(ruleOf)
        .filter((rule) => rule !== "check-unknown"),
    ).toEqual([]);
  },
);

test("whatever says more than one thing says why", () => {
  const without = Object.entries(EXPECTED).filter(
    ([, { says, why }]) => says.length > 1 !== (why !== undefined),
  );
  expect(without.map(([name]) => name)).toEqual([]);
});

describe.each(REVIEW_RULES.map((rule) => [rule.id, rule] as const))("the rule %s", (id, rule) => {
  test("fires on a stored plan", () => {
    const fired = Object.values(EXPECTED).some(({ says }) => says.some((text) => ruleOf(text) === id));
    expect(fired).toBe(true);
  });

  test("has levels, a page, and an id in kebab-case", () => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect(rule.page).toBe(`review.md#${id}`);
    expect(rule.title).toMatch(/^[a-z].*[^.]$/);
    for (const level of rule.levels) expect(LEVELS).toContain(level);
  });

  test("says what it says in one form", () => {
    for (const [, view] of plans) {
      for (const { reason, consequence, remedy, level = rule.levels[0], address } of said(rule, view)) {
        expect(rule.levels).toContain(level);
        expect(address).not.toBe("");
        for (const text of [reason, consequence, remedy]) {
          // A sentence may begin with the name of an integration, or with that of AWS.
          expect(text).toMatch(/^(?:[a-z]|AWS |Cloud Control )[^\n]*[^.\n]$/);
        }
      }
    }
  });
});

test("ids are unique", () => {
  expect(new Set(REVIEW_RULES.map(({ id }) => id)).size).toBe(REVIEW_RULES.length);
});
