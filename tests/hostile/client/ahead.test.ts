// C4 MS-13: pages whose signatures the platform verifies ahead, with forged ones among them; its yes is for exact bytes, its no decides nothing.
import { expect, test } from "vitest";
import type { SignatureJob, Verifier } from "@/lib/client/ports.ts";
import { webCryptoVerifier } from "@/lib/platform/runtime/verifier.ts";
import { craftEvent, message, rowOf } from "@/tests/hostile/crafter.ts";
import { Liar } from "@/tests/hostile/liar.ts";
import { openStage, refused } from "@/tests/hostile/stage.ts";

/** A verifier that is watched, and may be of another mind. */
function watched(mind: (held: boolean) => boolean): Verifier & { asked: SignatureJob[]; held: boolean[] } {
  const inner = webCryptoVerifier();
  const asked: SignatureJob[] = [];
  const held: boolean[] = [];
  return {
    asked,
    held,
    async verify(jobs) {
      const answers = (await inner.verify(jobs)).map(mind);
      asked.push(...jobs);
      held.push(...answers);
      return answers;
    },
  };
}

test.each([
  ["says what it finds", (held: boolean) => held],
  ["never says yes", () => false],
])("MS-13 C4 a forged event among many, where the platform's verifier %s", async (_, mind) => {
  await using stage = await openStage(["Ana", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: cleo } = stage.player(1);
  for (let i = 0; i < 12; i += 1) await ana.say(stage.general, `line ${i}`);
  const forged = await craftEvent(cleo, stage.general, message("I, Ana, say so"), {
    header: { user: ana.account.me, device: ana.account.keyring.device.id },
  });
  const verifier = watched(mind);
  const liar = new Liar();
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "Dora", maxUses: 1, hours: 1 });
  const dora = await stage.world.actor("Dora", { wrap: liar.wrap, verifier });
  liar.on("events.read", (page, { channel }) =>
    channel === stage.general && page.rows.length > 0
      ? { rows: [...page.rows, rowOf(forged, page.last + 1)], last: page.last + 1 }
      : page,
  );
  liar.frames = (frame) => ((frame as { t: string }).t === "event" ? [] : [frame]);
  const { ws } = await dora.engine.joinWorkspace({ fragment: `#${link.split("#")[1]}`, name: "Dora", avatar: null });
  dora.ws = ws;
  expect(await refused(dora, stage.general, "proof/bad-signature")).toMatchObject({ id: forged.fields.id });
  const records = await dora.account.log.since(stage.general, 0);
  const texts = records.flatMap(({ content }) => (content?.k === "message" ? [content.text] : []));
  expect(texts).toEqual(Array.from({ length: 12 }, (_, i) => `line ${i}`));
  // It was asked about all of them, the forged one too.
  expect(verifier.asked.length).toBeGreaterThanOrEqual(13);
  if (mind(true)) expect(verifier.held.filter((one) => !one)).toHaveLength(1);
  stage.expectNoLeak("I, Ana, say so");
});
