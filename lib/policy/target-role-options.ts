// What a target's role must be allowed beyond its kind, per option of the target.
import type { AwsAddress } from "../arn";
import { glueCatalogArn, glueConnectionArn } from "../arn";
import type { Statement } from "./statement";

/** A connection of type NETWORK through which AWS Glue reaches the target's storage. */
export interface NetworkAccess {
  readonly address: AwsAddress;
  readonly connection: string;
}

/**
 * Lets AWS Glue run inside the VPC of a connection (an older edition of the user guide, "Setting up the target role for
 * the VPC"). The guide allows everything on `*`; the connection is known, so it is named.
 */
export function networkConnectionStatements({ address, connection }: NetworkAccess): Statement[] {
  return [
    {
      Sid: "ReadNetworkConnection",
      Effect: "Allow",
      Action: ["glue:GetConnection"],
      Resource: [glueCatalogArn(address), glueConnectionArn(address, connection)],
    },
    {
      Sid: "UseNetwork",
      Effect: "Allow",
      Action: [
        "ec2:CreateNetworkInterface",
        "ec2:CreateTags",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteTags",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcEndpoints",
      ],
      Resource: ["*"],
    },
  ];
}

/** Lets the role encrypt and read back what it writes. AWS lists no actions for a target's key: UNVERIFIED but for S3 Tables. */
export function targetKeyStatements({ kmsKeyArn }: { readonly kmsKeyArn: string }): Statement[] {
  return [
    {
      Sid: "UseTargetKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: [kmsKeyArn],
    },
  ];
}

/** Lets the role ask Lake Formation for access to data; the grants themselves are Lake Formation's, and it has no ARN to name. */
export function lakeFormationStatements(): Statement[] {
  return [
    {
      Sid: "GetLakeFormationData",
      Effect: "Allow",
      Action: ["lakeformation:GetDataAccess"],
      Resource: ["*"],
    },
  ];
}
