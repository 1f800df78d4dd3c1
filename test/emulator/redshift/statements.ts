// The Redshift Data API: takes the statements that make and change destination databases, and really refuses those that
// a warehouse would refuse. moto takes any text and never comes to an end with it.
import { randomUUID } from "node:crypto";
import type { Caller, OperationContext, Operations } from "../operation";
import { withoutUndefined } from "../glue-output";
import type { Integrations } from "../integrations";
import type { ZeroEtlState } from "../state";
import { AwsError, type JsonObject } from "../wire";
import type { RedshiftIntegrations } from "./integrations";
import type { Warehouses } from "./warehouses";

export interface SqlStatement {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly sql: string;
  /** The database that it was run in. */
  readonly database: string;
  readonly clusterIdentifier?: string;
  readonly workgroupName?: string;
  readonly dbUser?: string;
  readonly secretArn?: string;
  readonly namespaceArn: string;
  readonly status: "FAILED" | "FINISHED";
  readonly error?: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

const NAME = `("(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)`;
const CREATE = new RegExp(
  `^create database ${NAME} from integration '([^']*)'(?: database ${NAME})?(?: set .+)?$`,
  "i",
);
const ALTER = new RegExp(`^alter database ${NAME} integration (?:set|refresh) .+$`, "i");
const DROP = new RegExp(`^drop database ${NAME}(?: force)?$`, "i");

export class Statements {
  constructor(
    private readonly state: ZeroEtlState,
    private readonly warehouses: Warehouses,
    private readonly glue: Integrations,
    private readonly redshift: RedshiftIntegrations,
  ) {}

  async execute({ caller, input, moto }: OperationContext): Promise<SqlStatement> {
    const asked = input as Asked;
    const { ClusterIdentifier: cluster, WorkgroupName: workgroup, Sql, Database } = asked;
    if ((cluster === undefined) === (workgroup === undefined)) {
      throw new AwsError(
        "ValidationException",
        "Exactly one of ClusterIdentifier and WorkgroupName must be given.",
      );
    }
    if (Sql === undefined || Database === undefined) {
      throw new AwsError("ValidationException", "Sql and Database must be given.");
    }
    const by = cluster === undefined ? { workgroup: workgroup ?? "" } : { cluster };
    const warehouse = await this.warehouses.find(caller, by, moto);
    if (warehouse === undefined) {
      throw new AwsError("ValidationException", "Redshift endpoint doesn't exist in this region.");
    }
    const { namespaceArn, superuser } = warehouse;
    const databases = this.databases(namespaceArn, warehouse.database);
    // Whose password a secret holds is not known here.
    const privileged = superuser === undefined || asked.SecretArn !== undefined || asked.DbUser === superuser;
    const error = databases.has(Database)
      ? await this.run(
          { namespaceArn, databases, privileged },
          Sql.trim().replace(/\s*;$/, "").replace(/\s+/g, " "),
        )
      : `FATAL: database "${Database}" does not exist`;
    const statement: SqlStatement = {
      id: randomUUID(),
      account: caller.account,
      region: caller.region,
      sql: Sql,
      database: Database,
      namespaceArn,
      status: error === undefined ? "FINISHED" : "FAILED",
      createdAt: Math.floor(Date.now() / 1000),
      ...(error === undefined ? {} : { error }),
      ...(asked.DbUser === undefined ? {} : { dbUser: asked.DbUser }),
      ...(asked.SecretArn === undefined ? {} : { secretArn: asked.SecretArn }),
      ...(cluster === undefined ? { workgroupName: workgroup ?? "" } : { clusterIdentifier: cluster }),
    };
    this.state.sqlStatements.push(statement);
    return statement;
  }

  get({ account, region }: Caller, id: unknown): SqlStatement {
    const found = this.state.sqlStatements.find(
      (one) => one.id === id && one.account === account && one.region === region,
    );
    if (found === undefined) throw new AwsError("ResourceNotFoundException", "Query does not exist.");
    return found;
  }

  /** Runs a statement; the warehouse's complaint, or nothing. */
  private async run(session: Session, sql: string): Promise<string | undefined> {
    const { namespaceArn, databases, privileged } = session;
    const [, created, id = "", within] = CREATE.exec(sql) ?? [];
    if (created !== undefined) {
      if (!privileged) return "ERROR: permission denied to create database";
      const name = identifier(created);
      const refusal = await this.refuseCreation(namespaceArn, id, within);
      if (refusal !== undefined) return refusal;
      if (databases.has(name)) return `ERROR: database "${name}" already exists`;
      databases.add(name);
      return undefined;
    }
    const [, altered] = ALTER.exec(sql) ?? [];
    const [, dropped] = DROP.exec(sql) ?? [];
    const named = altered ?? dropped;
    if (named === undefined) return `ERROR: syntax error at or near "${sql.split(" ")[0] ?? ""}"`;
    if (!databases.has(identifier(named))) return `ERROR: database "${identifier(named)}" does not exist`;
    if (dropped !== undefined) databases.delete(identifier(named));
    return undefined;
  }

  private async refuseCreation(
    namespaceArn: string,
    id: string,
    within: string | undefined,
  ): Promise<string | undefined> {
    const isIt = (one: { readonly arn: string; readonly targetArn: string }): boolean =>
      one.arn.endsWith(`:integration:${id}`) && one.targetArn === namespaceArn;
    const glue = this.glue.everywhere().find(isIt);
    const redshift = [...this.state.redshiftIntegrations.values()].find(isIt);
    if (id === "" || (glue ?? redshift) === undefined) return `ERROR: Integration ${id} does not exist`;
    const seen =
      glue === undefined
        ? redshift && (await this.redshift.observe(redshift))
        : await this.glue.observe(glue);
    if (seen?.status.toLowerCase() !== "active") {
      return `ERROR: Integration ${id} is not active, its state is ${seen?.status.toLowerCase() ?? "deleted"}`;
    }
    if (glue?.sourceArn.split(":")[2] === "odb" && within === undefined) {
      return `ERROR: Integration ${id} needs the name of a source database: DATABASE "..."`;
    }
    return undefined;
  }

  /** A warehouse starts with the database that was named when it was made. */
  private databases(namespaceArn: string, first: string): Set<string> {
    const databases = this.state.warehouseDatabases.get(namespaceArn) ?? new Set([first]);
    this.state.warehouseDatabases.set(namespaceArn, databases);
    return databases;
  }
}

interface Session {
  readonly namespaceArn: string;
  readonly databases: Set<string>;
  /** Whether the user may make databases of integrations. */
  readonly privileged: boolean;
}

interface Asked {
  readonly ClusterIdentifier?: string;
  readonly WorkgroupName?: string;
  readonly Database?: string;
  readonly Sql?: string;
  readonly DbUser?: string;
  readonly SecretArn?: string;
}

export function statementOperations(statements: Statements): Operations {
  return {
    "redshift-data.ExecuteStatement": async (context) => {
      const { id, database, createdAt, ...rest } = await statements.execute(context);
      return { Id: id, Database: database, CreatedAt: createdAt, ...place(rest) };
    },
    "redshift-data.DescribeStatement": ({ caller, input }) => {
      const { id, sql, database, status, error, createdAt, ...rest } = statements.get(caller, input["Id"]);
      return {
        Id: id,
        QueryString: sql,
        Database: database,
        Status: status,
        CreatedAt: createdAt,
        UpdatedAt: createdAt,
        HasResultSet: false,
        ...(error === undefined ? {} : { Error: error }),
        ...place(rest),
      };
    },
  };
}

function place({ clusterIdentifier, workgroupName, dbUser, secretArn }: Partial<SqlStatement>): JsonObject {
  return withoutUndefined({
    ClusterIdentifier: clusterIdentifier,
    WorkgroupName: workgroupName,
    DbUser: dbUser,
    SecretArn: secretArn,
  });
}

/** Quoted names are taken as they are written, others in lower case. */
function identifier(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replace(/""/g, '"') : name.toLowerCase();
}
