// What others have written into the policies of an account, as somebody writes who does not use a library.
import { ACCOUNT, OTHER_ACCOUNT } from "./stage";

/** Statements to the byte. */
export const FOREIGN_STATEMENTS = {
  catalog: `{ "Sid": "Analysts",  "Effect":"Allow", "Principal": { "AWS":"arn:aws:iam::${OTHER_ACCOUNT}:root" },
      "Action": ["glue:GetTable" ,"glue:GetDatabase"], "Resource": "arn:aws:glue:us-east-1:${ACCOUNT}:catalog" }`,
  table: `{"Sid":"Auditors", "Action":"dynamodb:DescribeTable","Effect":"Allow",
 "Principal":{"AWS":["arn:aws:iam::${OTHER_ACCOUNT}:root"]},"Resource":"arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders"}`,
};

export const FOREIGN_CATALOG_POLICY = `{
  "Version":"2012-10-17",
  "Statement":   [
    ${FOREIGN_STATEMENTS.catalog}
  ]
}
`;

export const FOREIGN_TABLE_POLICY = `{"Statement": [ ${FOREIGN_STATEMENTS.table}],   "Version":"2012-10-17"}`;
