// The public door of the package.
export { CatalogPolicy } from "./shared/catalog-policy";
export type { InboundRequest } from "./shared/catalog-policy";
export { KeyPolicy } from "./shared/key-policy";
export type { KeyPolicyProps, ManagedKmsKey } from "./shared/key-policy";
export type { PolicyHolder } from "./shared/owned-policy";
export { SecretPolicy } from "./shared/secret-policy";
export type { SecretPolicyProps } from "./shared/secret-policy";
export { TopicPolicy } from "./shared/topic-policy";
export type { ManagedTopic, TopicPolicyProps } from "./shared/topic-policy";
export type {
  Binding,
  DocumentRequirements,
  IntegrationSource,
  IntegrationTarget,
  SourceBindOptions,
  SourceBinding,
  TargetBindOptions,
  TargetBinding,
  WatchedIntegration,
} from "./contracts";
export { DEFAULT_PROVIDER_VERSION, Environment } from "./environment";
export type { EnvironmentAddress, EnvironmentProps } from "./environment";
export { fromSpec } from "./from-spec";
export type { FromSpecOptions } from "./from-spec";
export { ZeroEtlIntegration } from "./integration";
export type { ZeroEtlIntegrationProps } from "./integration";
export {
  NO_ACTIONS,
  allActions,
  callActions,
  notifyTopic,
  sendToTarget,
  sendToTopic,
} from "./monitoring/actions";
export type { AlarmActionBinding, AlarmActions, EventTarget, EventTargetBinding } from "./monitoring/actions";
export type { AlarmsProps, FailedThreshold, StaleThreshold } from "./monitoring/integration-alarms";
export type { EventsProps } from "./monitoring/integration-events";
export { ZeroEtlMonitoring } from "./monitoring/monitoring";
export type { ZeroEtlMonitoringProps } from "./monitoring/monitoring";
export { NotificationTopic } from "./monitoring/topic";
export type { ManagedTopicOptions, TopicEncryption } from "./monitoring/topic";
export { addMonitoringOutputs, addOutputs } from "./outputs";
export { SourceRole } from "./roles/source-role";
export { TargetRole } from "./roles/target-role";
export type { GlueRoleProps, RoleForGlue } from "./roles/glue-role";
export { ConnectionSource } from "./sources/connection-source";
export type { ConnectionSourceProps } from "./sources/connection-source";
export { DynamoDbSource } from "./sources/dynamodb-source";
export type {
  DynamoDbTableNameProps,
  DynamoDbTableProps,
  ManagedDynamoDbTable,
} from "./sources/dynamodb-source";
export { OracleSource } from "./sources/oracle-source";
export type { OracleSourceProps } from "./sources/oracle-source";
export { REQUIRED_TERRAFORM_VERSION, ZeroEtlStack } from "./stack";
export type { ZeroEtlStackProps } from "./stack";
export { GlueDatabaseTarget } from "./targets/glue-database-target";
export type { GlueDatabaseTargetProps } from "./targets/glue-database-target";
export { RedshiftManagedStorageTarget } from "./targets/redshift-managed-storage-target";
export type { RedshiftManagedStorageTargetProps } from "./targets/redshift-managed-storage-target";
export { RedshiftTarget } from "./targets/redshift-target";
export type { RedshiftTargetProps } from "./targets/redshift-target";
export { S3TablesTarget } from "./targets/s3-tables-target";
export type { S3TablesTargetProps } from "./targets/s3-tables-target";
export { ZeroEtlError } from "../lib/issues";
export type { Issue, Severity } from "../lib/issues";
export type { DetailType } from "../lib/facts/monitoring";
export type { TopicSender } from "../lib/policy/topic";
export type { SourceKind, TargetKind } from "../lib/facts/kinds";
export type { Requirement } from "../lib/policy/requirement";
export type {
  PartitionColumn,
  PartitionFormat,
  PartitionFunction,
  TableOptions,
  Unnest,
} from "../lib/rules/tables";
export * from "../lib/spec";
