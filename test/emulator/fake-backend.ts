// Stands for moto in tests: keeps what it was sent, and answers as it was told.
import { AwsClient } from "./client";
import { Emulator } from "./emulator";
import { ACCOUNT, FakeAccount, OTHER_ACCOUNT } from "./fake-account";
import {
  AwsError,
  type JsonObject,
  type WireRequest,
  type WireResponse,
  addressOf,
  errorResponse,
  jsonResponse,
} from "./wire";

export class FakeBackend {
  readonly requests: WireRequest[] = [];
  answer: (request: WireRequest) => WireResponse = () => jsonResponse({});

  send = (request: WireRequest): Promise<WireResponse> => {
    this.requests.push(request);
    return Promise.resolve(this.answer(request));
  };

  /** Answers by `service.Operation`, or fails; what is not named is answered with nothing. */
  answers(byOperation: Readonly<Record<string, AwsError | JsonObject>>): void {
    this.answer = (request) => {
      const { service, operation, protocol } = addressOf(request);
      const answer = byOperation[`${service}.${operation}`] ?? {};
      if (answer instanceof AwsError) return errorResponse(answer, protocol);
      if (protocol !== "query") return jsonResponse(answer);
      return jsonResponse({ [`${operation}Response`]: { [`${operation}Result`]: answer } });
    };
  }

  /** What reached it, as `service.Operation`. */
  get operations(): string[] {
    return this.requests.map(addressOf).map(({ service, operation }) => `${service}.${operation}`);
  }
}

/** An emulator over a backend and an account in memory, with a client of the first of two accounts. */
export interface FakeStage {
  readonly backend: FakeBackend;
  readonly account: FakeAccount;
  readonly emulator: Emulator;
  readonly client: AwsClient;
  /** A client of the second account. */
  readonly other: AwsClient;
}

export function fakeStage(): FakeStage {
  const backend = new FakeBackend();
  const account = new FakeAccount();
  const accounts = { AKIAFIRST: ACCOUNT, AKIAOTHER: OTHER_ACCOUNT };
  const emulator = new Emulator({ backend: backend.send, account, accounts });
  const client = new AwsClient((request) => emulator.handle(request), { accessKeyId: "AKIAFIRST" });
  return { backend, account, emulator, client, other: client.with({ accessKeyId: "AKIAOTHER" }) };
}
