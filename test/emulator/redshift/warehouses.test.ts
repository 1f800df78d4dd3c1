import { arnOf } from "../account";
import { ACCOUNT, CALLER, OTHER_ACCOUNT } from "../fake-account";
import { FakeBackend } from "../fake-backend";
import { CLUSTER_NAMESPACE_ARN, SERVERLESS_NAMESPACE_ARN } from "../fake-pairs";
import { AwsClient } from "../client";
import { placed } from "../operation";
import { ZeroEtlState } from "../state";
import { Warehouses } from "./warehouses";

const CLUSTER = {
  ClusterIdentifier: "warehouse",
  ClusterStatus: "available",
  DBName: "main",
  MasterUsername: "admin",
  NodeType: "ra3.xlplus",
  Encrypted: true,
  ClusterParameterGroups: [{ ParameterGroupName: "zetl" }],
};

let backend: FakeBackend;
let moto: AwsClient;
let state: ZeroEtlState;
let warehouses: Warehouses;

beforeEach(() => {
  backend = new FakeBackend();
  backend.answers({ "redshift.DescribeClusters": { Clusters: [CLUSTER] } });
  moto = new AwsClient(backend.send);
  state = new ZeroEtlState();
  const id = CLUSTER_NAMESPACE_ARN.split(":").at(-1) ?? "";
  state.clusterNamespaces.set(placed(CALLER, "warehouse"), id);
  state.clusterParameters.set(
    placed(CALLER, "zetl"),
    new Map([["enable_case_sensitive_identifier", "true"]]),
  );
  warehouses = new Warehouses(state);
});

const addServerless = (caseSensitive?: string): void => {
  const common = { settings: { dbName: "main" }, tags: [] };
  const name = "warehouse";
  state.serverlessNamespaces.set(placed(CALLER, name), {
    ...common,
    arn: SERVERLESS_NAMESPACE_ARN,
    id: "1",
    name,
  });
  if (caseSensitive === undefined) return;
  const parameter = { parameterKey: "enable_case_sensitive_identifier", parameterValue: caseSensitive };
  state.workgroups.set(placed(CALLER, "analysts"), {
    arn: `arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:workgroup/2`,
    id: "2",
    name: "analysts",
    namespaceName: name,
    settings: { configParameters: [parameter] },
    tags: [],
  });
};

const factsOf = (arn: string): ReturnType<Warehouses["facts"]> => warehouses.facts(arnOf(arn), moto);

describe("behind the namespace of a cluster", () => {
  test("is the cluster", async () => {
    expect(await factsOf(CLUSTER_NAMESPACE_ARN)).toEqual({
      available: true,
      encrypted: true,
      caseSensitive: true,
      nodeType: "ra3.xlplus",
    });
  });

  test.each([
    [{ ClusterStatus: "paused" }, { available: false }],
    [{ Encrypted: false }, { encrypted: false }],
    [{ NodeType: "dc2.large" }, { nodeType: "dc2.large" }],
    [{ ClusterParameterGroups: [{ ParameterGroupName: "default.redshift-1.0" }] }, { caseSensitive: false }],
    [{ ClusterParameterGroups: undefined }, { caseSensitive: false }],
  ])("is the cluster with %j", async (changed, expected) => {
    backend.answers({ "redshift.DescribeClusters": { Clusters: [{ ...CLUSTER, ...changed }] } });
    expect(await factsOf(CLUSTER_NAMESPACE_ARN)).toMatchObject(expected);
  });

  test("is the policy of the namespace", async () => {
    state.namespacePolicies.set(CLUSTER_NAMESPACE_ARN, '{"Statement":[]}');
    expect(await factsOf(CLUSTER_NAMESPACE_ARN)).toMatchObject({ policy: { Statement: [] } });
  });

  test.each([
    CLUSTER_NAMESPACE_ARN.replace("0f1e", "ffff"),
    CLUSTER_NAMESPACE_ARN.replace(ACCOUNT, OTHER_ACCOUNT),
    CLUSTER_NAMESPACE_ARN.replace("us-east-1", "us-west-2"),
    `arn:aws:redshift:us-east-1:${ACCOUNT}:cluster:warehouse`,
  ])("is nothing for %s", async (arn) => {
    expect(await factsOf(arn)).toBeUndefined();
  });
});

describe("behind a serverless namespace", () => {
  test.each([
    ["true", { available: true, encrypted: true, caseSensitive: true }],
    ["false", { available: true, encrypted: true, caseSensitive: false }],
    [undefined, { available: false, encrypted: true, caseSensitive: false }],
  ])("is a workgroup that is case sensitive: %s", async (caseSensitive, expected) => {
    expect(await factsOf(SERVERLESS_NAMESPACE_ARN)).toBeUndefined();
    addServerless(caseSensitive);
    expect(await factsOf(SERVERLESS_NAMESPACE_ARN)).toEqual(expected);
  });
});

test("statements find a warehouse by its name", async () => {
  addServerless("true");
  expect(await warehouses.find(CALLER, { cluster: "warehouse" }, moto)).toEqual({
    namespaceArn: CLUSTER_NAMESPACE_ARN,
    database: "main",
    superuser: "admin",
  });
  expect(await warehouses.find(CALLER, { workgroup: "analysts" }, moto)).toEqual({
    namespaceArn: SERVERLESS_NAMESPACE_ARN,
    database: "main",
  });
  expect(await warehouses.find(CALLER, { cluster: "other" }, moto)).toBeUndefined();
  expect(await warehouses.find(CALLER, { workgroup: "other" }, moto)).toBeUndefined();
});
