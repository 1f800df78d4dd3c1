import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dataSourceSchema, providerSchema, resourceSchema } from "./derive";
import type { Schema } from "./types";

/** The schemas that a provider offers; types are added as configurations come to use them. */
export class Schemas {
  readonly provider: Schema = providerSchema();
  readonly resources = new Map<string, Schema>();
  readonly dataSources = new Map<string, Schema>();

  /** Adds what the configuration and the local state of a directory use; a type the provider lacks is left to Terraform. */
  addFrom(directory: string): void {
    for (const file of readdirSync(directory)) {
      if (file.endsWith(".tf.json")) this.addConfiguration(parse(join(directory, file)));
      // What was taken out of the configuration is still in the state, and is destroyed with its schema.
      else if (file.endsWith(".tfstate")) this.addState(parse(join(directory, file)));
    }
  }

  private addConfiguration(configuration: Json): void {
    for (const block of blocks(configuration["resource"]))
      for (const type of Object.keys(block)) this.addResource(type);
    for (const block of blocks(configuration["data"]))
      for (const type of Object.keys(block)) this.addDataSource(type);
    for (const checks of blocks(configuration["check"]))
      for (const check of Object.values(checks)) blocks(check).forEach((body) => this.addConfiguration(body));
  }

  private addState(state: Json): void {
    for (const { mode, type } of blocks(state["resources"]) as { mode?: string; type?: string }[]) {
      if (mode === "managed" && type) this.addResource(type);
      if (mode === "data" && type) this.addDataSource(type);
    }
  }

  private addResource(type: string): void {
    const schema = type.startsWith("aws_") ? resourceSchema(type) : undefined;
    if (schema) this.resources.set(type, schema);
  }

  private addDataSource(type: string): void {
    const schema = type.startsWith("aws_") ? dataSourceSchema(type) : undefined;
    if (schema) this.dataSources.set(type, schema);
  }
}

type Json = Record<string, unknown>;

const parse = (path: string): Json => JSON.parse(readFileSync(path, "utf8")) as Json;

/** In Terraform's JSON a block may be written as one object or as a list of them. */
const blocks = (value: unknown): Json[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "object" && item !== null);
