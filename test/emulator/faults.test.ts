import { type FaultedCall, Faults } from "./faults";
import { AwsError } from "./wire";

const CALL: FaultedCall = {
  service: "glue",
  operation: "PutResourcePolicy",
  account: "111122223333",
  region: "us-east-1",
  input: {},
};

let faults: Faults;
let served: number;

beforeEach(() => {
  faults = new Faults();
  served = 0;
});

const serve = async (): Promise<string> => {
  served += 1;
  return "served";
};

/** What comes back: the answer, or the code of the error. */
const call = async (changed: Partial<FaultedCall> = {}): Promise<string> => {
  try {
    return await faults.around({ ...CALL, ...changed }, serve);
  } catch (error) {
    return (error as AwsError).code;
  }
};

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

test("without a fault a call is served", async () => {
  expect(await call()).toBe("served");
});

test("throttles as many calls as told, which are not served", async () => {
  faults.throttle("glue.PutResourcePolicy", 2);
  expect([await call(), await call(), served]).toEqual(["ThrottlingException", "ThrottlingException", 0]);
  expect([await call(), served]).toEqual(["served", 1]);
});

test.each([
  ["by its name", "PutResourcePolicy", CALL],
  ["by its service and name", "glue.PutResourcePolicy", CALL],
  [
    "by its path",
    "lambda.POST /2015-03-31/functions",
    { ...CALL, service: "lambda", operation: "POST /2015-03-31/functions" },
  ],
])("meets an operation %s", async (_name, operation, asked) => {
  faults.fail(operation, new AwsError("X", "y"));
  expect(await call(asked)).toBe("X");
});

test("leaves other operations alone, and the same of another service", async () => {
  faults.throttle("glue.PutResourcePolicy", Infinity);
  expect(await call({ operation: "GetResourcePolicy" })).toBe("served");
  expect(await call({ service: "dynamodb" })).toBe("served");
});

test("counts several operations together", async () => {
  faults.fail(["glue.PutResourcePolicy", "glue.DeleteResourcePolicy"], new AwsError("X", "y"), { times: 2 });
  expect(await call({ operation: "DeleteResourcePolicy" })).toBe("X");
  expect(await call()).toBe("X");
  expect(await call()).toBe("served");
});

test("meets the calls that are looked for", async () => {
  faults.fail("PutResourcePolicy", new AwsError("X", "y"), {
    where: ({ principal }) => principal === "role",
  });
  expect(await call()).toBe("served");
  expect(await call({ principal: "role" })).toBe("X");
});

test("denies for a time, and heals", async () => {
  faults.deny("PutResourcePolicy", { millis: 60 });
  expect([await call(), await call()]).toEqual(["AccessDeniedException", "AccessDeniedException"]);
  await pause(80);
  expect(await call()).toBe("served");
});

test("says who is denied what", async () => {
  faults.deny("PutResourcePolicy", 2);
  const message = (principal: string): string =>
    `User: ${principal} is not authorized to perform: glue:PutResourcePolicy because no identity-based policy allows the glue:PutResourcePolicy action`;
  await expect(faults.around(CALL, serve)).rejects.toThrow(message("arn:aws:iam::111122223333:root"));
  await expect(faults.around({ ...CALL, principal: "arn:role" }, serve)).rejects.toThrow(message("arn:role"));
});

test("lets something happen before a call is served", async () => {
  const happened: string[] = [];
  faults.meanwhile("PutResourcePolicy", async ({ operation }) => {
    await pause(5);
    happened.push(`${operation} ${served}`);
  });
  expect(await call()).toBe("served");
  expect(happened).toEqual(["PutResourcePolicy 0"]);
  await call();
  expect(happened).toHaveLength(1);
});

test("gathers calls before the first of them is served", async () => {
  faults.gather("PutResourcePolicy", 2);
  const first = call();
  await pause(5);
  expect(served).toBe(0);
  expect(await Promise.all([first, call()])).toEqual(["served", "served"]);
  expect(await call()).toBe("served");
});

test("answers late what it has served at once", async () => {
  faults.slow("PutResourcePolicy", 50);
  const answer = call();
  await pause(10);
  expect(served).toBe(1);
  const start = Date.now();
  expect(await answer).toBe("served");
  expect(Date.now() - start).toBeGreaterThan(20);
});

test("breaks off after a call was served", async () => {
  faults.breakOff("PutResourcePolicy");
  expect([await call(), served]).toEqual(["InternalServiceException", 1]);
});

test("faults of one operation come one after the other", async () => {
  faults.throttle("PutResourcePolicy");
  faults.deny("PutResourcePolicy");
  expect([await call(), await call(), await call()]).toEqual([
    "ThrottlingException",
    "AccessDeniedException",
    "served",
  ]);
});

test("are forgotten when told", async () => {
  faults.throttle("PutResourcePolicy", 5);
  faults.clear();
  expect(await call()).toBe("served");
});
