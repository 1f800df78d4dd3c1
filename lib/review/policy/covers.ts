// Whether one pattern of a policy lets everything that another one lets.

/** Whether every text that matches `inner` matches `outer`, too; both may hold `*` and `?`. */
export function patternCovers(outer: string, inner: string): boolean {
  // Where an attempt of the last `*` of `outer` goes on, so that no pattern takes longer than the product of both lengths.
  let [at, reached, star, resume] = [0, 0, -1, 0];
  while (reached < inner.length) {
    const wanted = outer[at];
    const given = inner[reached];
    if (wanted === "*") [star, resume, at] = [at, reached, at + 1];
    else if (wanted !== undefined && (wanted === given || (wanted === "?" && given !== "*")))
      [at, reached] = [at + 1, reached + 1];
    else if (star >= 0) {
      resume += 1;
      [at, reached] = [star + 1, resume];
    } else return false;
  }
  return /^\**$/.test(outer.slice(at));
}

/** Whether the action pattern `outer` lets all of `inner`; AWS does not tell cases of actions apart. */
export function actionCovers(outer: string, inner: string): boolean {
  return patternCovers(outer.toLowerCase(), inner.toLowerCase());
}

const ROLE_OR_USER = /^AWS:arn:[^:]+:(?:iam|sts)::(\d{12}):/;

/** Whether the principal `outer`, `AWS:...` or `Service:...`, stands for all of `inner`: an account stands for everybody in it. */
export function principalCovers(outer: string, inner: string): boolean {
  if (outer === inner || EVERYBODY.has(outer)) return true;
  const account = ROLE_OR_USER.exec(inner)?.[1];
  return account !== undefined && outer === `AWS:${account}`;
}

/** How everybody is written; a policy of a resource makes no difference between the two (IAM user guide, "All principals"). */
export const EVERYBODY: ReadonlySet<string> = new Set(["*", "AWS:*"]);

/** Whether each of `inner` is covered by one of `outer`. */
export function allCovered(
  outer: readonly string[],
  inner: readonly string[],
  covers: (one: string, other: string) => boolean,
): boolean {
  return inner.every((value) => outer.some((candidate) => covers(candidate, value)));
}
