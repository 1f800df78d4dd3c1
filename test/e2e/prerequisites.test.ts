import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prerequisites } from "./prerequisites";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "zero-etl-mirror-"));
  await mkdir(join(folder, "registry.terraform.io", "hashicorp", "aws", "5.100.0"), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("what is missing fails the run and is named with its remedy, beside what was found", async () => {
  await expect(prerequisites({ PATH: "/nowhere", TF_PLUGIN_MIRROR: folder })).rejects.toThrow(
    `npm run test:e2e needs: terraform (missing), moto_server (missing), provider hashicorp/aws (found: ${folder})\n` +
      "  terraform: install Terraform 1.9 or newer\n" +
      '  moto_server: pip install "moto[server]"',
  );
});
