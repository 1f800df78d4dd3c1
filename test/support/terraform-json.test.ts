import { DataResource, Fn, TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { json } from "../../modules/tokens";
import { synthStack } from "./synth";
import { decoded } from "./terraform-json";

/** A value beside one that only Terraform knows, as CDKTF writes it, and read again. */
function roundTrip(value: unknown): unknown {
  const stack = synthStack((app) => {
    const made = new TerraformStack(app, "stack");
    const unknown = new TerraformVariable(made, "known-later", { type: "string" }).stringValue;
    const call = Fn.join(", ", ["a", unknown]);
    new DataResource(made, "holder", { input: { text: json({ value, unknown, call } as never) } });
  });
  const { text } = stack.resource("terraform_data")["input"] as { readonly text: string };
  expect(text).toMatch(/^\$\{jsonencode\(/);
  return decoded(text);
}

test("a literal is JSON", () => {
  expect(decoded('{"a":[1,"b"]}')).toEqual({ a: [1, "b"] });
});

test("what only Terraform knows is an expression", () => {
  expect(roundTrip("x")).toEqual({
    value: "x",
    unknown: "${var.known-later}",
    call: '${join(", ", ["a", var.known-later])}',
  });
});

test("a text keeps what is embedded in it", () => {
  expect(decoded('${jsonencode({"a" = "arn:${data.x.y["k"]}:z", "b" = 1})}')).toEqual({
    a: 'arn:${data.x.y["k"]}:z',
    b: 1,
  });
});

test("every other value comes back as it was", () => {
  const texts = fc.string().filter((text) => !/[$%]\{|\r|[\u0000-\u001f]/.test(text));
  const values = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      texts,
      fc.integer(),
      fc.boolean(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        texts.filter((key) => key !== "__proto__"),
        tie("value"),
        { maxKeys: 3 },
      ),
    ),
  })).value;
  fc.assert(
    fc.property(fc.array(values, { minLength: 10, maxLength: 10 }), (value) => {
      expect((roundTrip(value) as { value: unknown }).value).toEqual(value);
    }),
    { numRuns: 5 },
  );
});

test.each(['${jsonencode({"a" = "b)}', '${jsonencode({"a" "b"})}', "${jsonencode({} {})}", "${var.a}"])(
  "what cannot be read is an error: %s",
  (text) => {
    expect(() => decoded(text)).toThrow();
  },
);
