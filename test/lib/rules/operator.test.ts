import { WITHOUT_OPERATOR, needsOperator } from "../../../lib/rules/operator";
import { lines, said } from "./said";

test("what needs the operator is refused by its name, with the way to do without", () => {
  expect(said([needsOperator(["tables"], "table options", WITHOUT_OPERATOR.tables, "key")])).toBe(
    lines(
      "tables: error: table options cannot be managed without the operator [needs-operator]",
      "  got:      operator: false",
      "  remedy:   remove tables: AWS then unnests fully and partitions by the primary key",
    ),
  );
});
