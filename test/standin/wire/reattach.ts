const PROTOCOL_VERSION = 5;

/** The value of TF_REATTACH_PROVIDERS that makes Terraform use a server that already runs, without starting or stopping one. */
export const reattach = (provider: string, socket: string): string =>
  JSON.stringify({
    [provider]: {
      Protocol: "grpc",
      ProtocolVersion: PROTOCOL_VERSION,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "unix", String: socket },
    },
  });
