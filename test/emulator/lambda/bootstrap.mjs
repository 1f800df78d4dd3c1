// Runs the code of one function as Lambda's Node.js runtime does: one call after another in one process, which the
// emulator starts and ends.
import { createRequire } from "node:module";
import { join } from "node:path";

const { LAMBDA_TASK_ROOT: root = ".", _HANDLER: handlerName = "" } = process.env;

function load() {
  const dot = handlerName.lastIndexOf(".");
  const module = required(handlerName.slice(0, dot));
  const handler = module[handlerName.slice(dot + 1)];
  if (typeof handler === "function") return handler;
  throw named("Runtime.HandlerNotFound", `${handlerName} is undefined or not exported`);
}

function required(file) {
  const require = createRequire(join(root, "/"));
  try {
    return require(`./${file}`);
  } catch (error) {
    if (error?.code === "MODULE_NOT_FOUND")
      throw named("Runtime.ImportModuleError", `Error: ${error.message}`);
    if (error instanceof SyntaxError)
      throw named("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`);
    throw error;
  }
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}

function failure(error) {
  const known = error instanceof Error ? error : named("string", String(error));
  const { name: errorType, message: errorMessage, stack = "" } = known;
  return { failed: true, payload: JSON.stringify({ errorType, errorMessage, trace: stack.split("\n") }) };
}

// A line must not arrive after the answer of the call that wrote it, as it might from another channel.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, ...rest) => {
    process.send({ written: String(chunk) });
    rest.find((one) => typeof one === "function")?.();
    return true;
  };
}

/** @type {(event: unknown, context: object) => unknown} */
let handler;
try {
  handler = load();
  process.send({ failed: false });
} catch (error) {
  process.send(failure(error));
}

process.on("message", async ({ event, deadline, ...context }) => {
  const getRemainingTimeInMillis = () => Math.max(0, deadline - Date.now());
  try {
    const output = await handler(JSON.parse(event), { ...context, getRemainingTimeInMillis });
    process.send({ failed: false, payload: JSON.stringify(output) ?? "null" });
  } catch (error) {
    process.send(failure(error));
  }
});

// Whoever started this may die without a word.
process.on("disconnect", () => process.exit());
