// The services as the AWS SDK calls them. Region and credentials are the function's; AWS_ENDPOINT_URL is honoured.
import {
  DeleteResourcePolicyCommand as DeleteTablePolicyCommand,
  DynamoDBClient,
  GetResourcePolicyCommand as GetTablePolicyCommand,
  PutResourcePolicyCommand as PutTablePolicyCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CreateIntegrationTablePropertiesCommand,
  DeleteIntegrationTablePropertiesCommand,
  DeleteResourcePolicyCommand,
  DescribeInboundIntegrationsCommand,
  DescribeIntegrationsCommand,
  GetIntegrationTablePropertiesCommand,
  GetResourcePolicyCommand,
  GlueClient,
  ModifyIntegrationCommand,
  PutResourcePolicyCommand,
  UpdateIntegrationTablePropertiesCommand,
} from "@aws-sdk/client-glue";
import type { Clients } from "./clients";

/** Times a request is made before throttling, an outage or the network are an error. */
const ATTEMPTS = 6;

/** Milliseconds; a request that is lost must not take the whole time of the function. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true };

const OPTIONS = { maxAttempts: ATTEMPTS, requestHandler: TIMEOUTS };

const glue = new GlueClient(OPTIONS);
const dynamodb = new DynamoDBClient(OPTIONS);

/** Clients whose requests end with the signal. */
export function sdkClients(abortSignal: AbortSignal): Clients {
  const options = { abortSignal };
  return {
    glue: {
      getIntegrationTableProperties: (request) =>
        glue.send(new GetIntegrationTablePropertiesCommand(request), options),
      createIntegrationTableProperties: (request) =>
        glue.send(new CreateIntegrationTablePropertiesCommand(request), options),
      updateIntegrationTableProperties: (request) =>
        glue.send(new UpdateIntegrationTablePropertiesCommand(request), options),
      deleteIntegrationTableProperties: (request) =>
        glue.send(new DeleteIntegrationTablePropertiesCommand(request), options),
      describeInboundIntegrations: (request) =>
        glue.send(new DescribeInboundIntegrationsCommand(request), options),
      describeIntegrations: (request) => glue.send(new DescribeIntegrationsCommand(request), options),
      modifyIntegration: (request) => glue.send(new ModifyIntegrationCommand(request), options),
      getResourcePolicy: () => glue.send(new GetResourcePolicyCommand({}), options),
      putResourcePolicy: (request) => glue.send(new PutResourcePolicyCommand(request), options),
      deleteResourcePolicy: (request) => glue.send(new DeleteResourcePolicyCommand(request), options),
    },
    dynamodb: {
      getResourcePolicy: (request) => dynamodb.send(new GetTablePolicyCommand(request), options),
      putResourcePolicy: (request) => dynamodb.send(new PutTablePolicyCommand(request), options),
      deleteResourcePolicy: (request) => dynamodb.send(new DeleteTablePolicyCommand(request), options),
    },
  };
}
