import { beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "../services/calls/record-calls.ts";
import { checkRows } from "../services/ledger/check-rows.ts";
import { attackWorld, flip } from "../testing/attack-world.ts";
import { callAt, type StoreTenant } from "../testing/store-world.ts";

/** What a superuser of the database can do to the tables that dashboards read. Each attack must be reported, in words and at the right index. */
const { world, attack } = attackWorld();

describe("the tables that dashboards read", () => {
  let tenant: StoreTenant;
  const said = async () => (await world().as("worker", () => checkRows(new Date(), "now"))).lines.join("\n");
  beforeAll(async () => {
    tenant = await world().addTenant("bank");
    const calls = Array.from({ length: 6 }, (_, i) =>
      callAt(tenant, `2026-11-03T10:00:0${i}.123Z`, {
        host: i === 2 ? "api.openai.com" : "eu.api.openai.com",
        clientRequestId: `req-${i}`,
        endUser: `user-${i}`,
      }),
    );
    await world().as("gateway", () => recordCalls(tenant.id, calls));
  });

  it("agree with the ledger where nobody touched them", async () => {
    const { differences, lines } = await world().as("worker", () => checkRows(new Date(), "now"));
    expect({ differences, lines }).toMatchObject({ differences: 0 });
  });

  it.each([
    ["verdict", "verdict = 'compliant', band = 'permitted'", /entry (\d+) was changed: .*verdict/],
    ["host", "host = 'eu.api.openai.com', host_dim = 'eu.api.openai.com'", /was changed: .*host/],
    ["facts", 'facts = facts || \'{"modelRequested": "gpt-9"}\'', /was changed: .*facts/],
    ["policy version", "policy_version = 2", /was changed: .*policy/],
    ["tokens", "input_tokens = 1", /was changed: .*usage/],
    ["time of the end", "ended_at = ended_at + interval '1 millisecond'", /was changed: .*ended_at/],
  ])("an edited %s", async (_what, edit, words) => {
    const where = `WHERE tenant_id = '${tenant.id}' AND verdict = 'violation'`;
    const { rows } = await attack(`SELECT id, started_at, ledger_index FROM call ${where}`);
    const { id, started_at: start, ledger_index: index } = rows[0];
    await attack("CREATE TEMP TABLE kept AS SELECT * FROM call WHERE id = $1".replace("$1", `'${id}'`));
    await attack(
      `UPDATE call SET ${edit} WHERE tenant_id = $1 AND started_at = $2 AND id = $3`,
      tenant.id,
      start,
      id,
    );
    const text = await said();
    await attack(
      "DELETE FROM call WHERE tenant_id = $1 AND started_at = $2 AND id = $3",
      tenant.id,
      start,
      id,
    );
    await attack("INSERT INTO call SELECT * FROM kept");
    await attack("DROP TABLE kept");
    expect(text).toContain(`The row of the call in entry ${index}`);
    expect(text).toMatch(words);
  });

  it("edited claims that calls share, and claims that are gone", async () => {
    const of =
      "tenant_id = $1 AND id = (SELECT claims_id FROM call WHERE tenant_id = $1 AND verdict = 'violation' LIMIT 1)";
    await attack(`CREATE TEMP TABLE kept AS SELECT * FROM claim_set WHERE tenant_id = '${tenant.id}'`);
    await attack(
      `UPDATE claim_set SET claims = jsonb_set(claims, '{0,value}', '["US"]') WHERE ${of}`,
      tenant.id,
    );
    const edited = await said();
    await attack(`DELETE FROM claim_set WHERE ${of}`, tenant.id);
    const gone = await said();
    await attack("DELETE FROM claim_set WHERE tenant_id = $1", tenant.id);
    await attack("INSERT INTO claim_set SELECT * FROM kept");
    await attack("DROP TABLE kept");
    expect(edited).toMatch(/was changed: .*claims/);
    expect(gone).toMatch(/was changed/);
    expect(await said()).not.toMatch(/was changed/);
  });

  it("2.17 #6: a call from before the ledger is left alone; one that only claims to be is not", async () => {
    const columns = "tenant_id, started_at, id, seq";
    const { rows } = await attack(
      "SELECT column_name FROM information_schema.columns WHERE table_name = 'call' AND column_name NOT IN ('id', 'seq', 'ledger_epoch', 'ledger_index', 'tenant_id', 'started_at')",
    );
    const others = rows.map(({ column_name }) => column_name).join(", ");
    const copy = (seq: string) =>
      attack(
        `INSERT INTO call (${columns}, ${others}) SELECT tenant_id, started_at, gen_random_uuid(), ${seq}, ${others}
           FROM call WHERE tenant_id = $1 AND ledger_index IS NOT NULL ORDER BY seq DESC LIMIT 1 RETURNING id`,
        tenant.id,
      );
    await attack("UPDATE call SET seq = seq + 10 WHERE tenant_id = $1", tenant.id);
    const before = (await copy("1")).rows[0].id;
    expect(await said()).not.toContain(before);
    const after = (await copy("seq + 1")).rows[0].id;
    expect(await said()).toContain(
      `The call row ${after} names no entry, although it was recorded after calls that do`,
    );
    await attack("DELETE FROM call WHERE tenant_id = $1 AND ledger_index IS NULL", tenant.id);
  });

  it("a deleted call, an inserted one, an attempt, an opening, an event", async () => {
    const { rows } = await attack(
      "SELECT id, ledger_index AS index FROM call WHERE tenant_id = $1 ORDER BY ledger_index",
      tenant.id,
    );
    const [first, second, , fourth, fifth] = rows;
    await attack("DELETE FROM call WHERE tenant_id = $1 AND id = $2", tenant.id, first.id);
    await attack(
      "UPDATE call SET id = gen_random_uuid() WHERE tenant_id = $1 AND id = $2",
      tenant.id,
      second.id,
    );
    await attack(
      "UPDATE attempt SET status = 500 WHERE tenant_id = $1 AND call_id = $2",
      tenant.id,
      fourth.id,
    );
    await attack(
      "DELETE FROM ledger_opening WHERE tenant_id = $1 AND index = $2 AND field = 'end_user'",
      tenant.id,
      fifth.index,
    );
    await attack(
      `UPDATE ledger_opening SET sealed = ${flip("sealed", 40)} WHERE tenant_id = $1 AND index = $2 AND field = 'end_user'`,
      tenant.id,
      fourth.index,
    );
    await attack(
      "UPDATE audit_event SET actor_name = 'Nobody' WHERE tenant_id = $1 AND ledger_index = 1",
      tenant.id,
    );
    const text = await said();
    expect(text).toContain(`The row of the call in entry ${first.index} is missing`);
    expect(text).toContain(`The row of the call in entry ${second.index} is missing`);
    expect(text).toContain(`The row of the call in entry ${fourth.index} was changed: attempts`);
    expect(text).toContain(`The opening of end_user in entry ${fifth.index} is missing`);
    expect(text).toContain(`The opening of end_user in entry ${fourth.index} was changed`);
    expect(text).toContain("The row of the event in entry 1 was changed.");
  });
});

describe("rows that somebody inserted beside those of the record", () => {
  it("an event, a late end and a call that claim an entry of others, one to come, or an epoch that is none", async () => {
    const tenant = await world().addTenant("inserted");
    const calls = [0, 1].map((i) => callAt(tenant, `2026-11-03T10:00:0${i}.123Z`));
    await world().as("gateway", () => recordCalls(tenant.id, calls));
    const check = async () =>
      (await world().as("worker", () => checkRows(new Date(), "now"))).lines.join("\n");
    const { rows } = await attack(
      "SELECT id, ledger_index AS index FROM call WHERE tenant_id = $1 ORDER BY ledger_index",
      tenant.id,
    );
    const [first] = rows;
    const event = (epoch: number, index: number) =>
      attack(
        `INSERT INTO audit_event (tenant_id, at, id, actor, actor_id, actor_name, kind, subject, detail, ledger_epoch, ledger_index)
         VALUES ($1, now(), gen_random_uuid(), 'person', 'p', 'Nobody', 'finding.resolved', 'x', '{}', $2, $3)`,
        tenant.id,
        epoch,
        index,
      );
    await event(1, Number(first.index));
    await event(1, 1);
    await event(1, 900_000);
    await event(4, 1);
    await attack(
      `INSERT INTO late_outcome (tenant_id, call_id, started_at, verdict, reasons, record, ledger_epoch, ledger_index)
       SELECT tenant_id, id, started_at, 'compliant', '{}', '{}', ledger_epoch, ledger_index FROM call WHERE tenant_id = $1 AND id = $2`,
      tenant.id,
      first.id,
    );
    await attack(
      "UPDATE call SET ledger_index = 900001 WHERE tenant_id = $1 AND id = $2",
      tenant.id,
      rows[1].id,
    );
    const text = await check();
    for (const words of [
      new RegExp(`The event row \\S+ claims entry ${first.index}, which is no event's`),
      /The event row \S+ is a second one for entry 1:/,
      /The event row \S+ claims entry 900000, which is no event's/,
      /The event row \S+ claims entry 1 of an epoch 4, which is no event's/,
      new RegExp(`The late end row ${first.id} claims entry ${first.index}, which is no late end's`),
      new RegExp(`The call row ${rows[1].id} claims entry 900001, which is no call's`),
    ])
      expect(text).toMatch(words);
    expect(text).toContain("The full check found 7 rows that are not what the ledger holds.");
  });
});

describe("more differences than are kept in words", () => {
  it("are all counted, in the answer, the statement and its sentence", async () => {
    const tenant = await world().addTenant("many");
    const check = () => world().as("worker", () => checkRows(new Date(), "now"));
    for (let batch = 0; batch < 2; batch++) {
      const calls = Array.from({ length: 150 }, () => callAt(tenant, "2026-11-03T10:00:00.123Z"));
      await world().as("gateway", () => recordCalls(tenant.id, calls));
    }
    const before = (await check()).differences;
    const some = (order: string, n: number) =>
      `tenant_id = $1 AND id IN (SELECT id FROM call WHERE tenant_id = $1 ORDER BY seq ${order} LIMIT ${n})`;
    await attack(`DELETE FROM call WHERE ${some("ASC", 120)}`, tenant.id);
    // Changed rows, and rows that claim to be from before the ledger: both at once.
    await attack(
      `UPDATE call SET ledger_epoch = NULL, ledger_index = NULL WHERE ${some("DESC", 130)}`,
      tenant.id,
    );
    const { differences, lines } = await check();
    expect(differences - before).toBe(120 + 130 + 130);
    const { rows } = await attack(
      `SELECT sentence, detail FROM signer_statement WHERE tenant_id = $1 AND detail ->> 'part' = 'rows'
        ORDER BY at DESC, id DESC LIMIT 1`,
      tenant.id,
    );
    expect(rows[0]).toMatchObject({
      sentence: expect.stringMatching(/^The full check found 380 rows that are not what the ledger holds\./),
      detail: { ok: false, differences: 380 },
    });
    expect(rows[0].detail.found).toHaveLength(20);
    expect(lines.filter((line) => line.startsWith("  ")).length).toBeLessThan(differences);
  });
});

describe("openings that lie together", () => {
  let tenant: StoreTenant;
  const sentences = async () =>
    (await world().as("worker", () => checkRows(new Date(), "now"))).lines.filter((line) =>
      /opening/i.test(line),
    );
  const bundles = async () =>
    (
      await attack(
        "SELECT index::int, bundled::int FROM ledger_opening WHERE tenant_id = $1 AND bundled IS NOT NULL ORDER BY index",
        tenant.id,
      )
    ).rows as { index: number; bundled: number }[];
  beforeAll(async () => {
    tenant = await world().addTenant("savings");
    for (let batch = 0; batch < 3; batch++) {
      const calls = Array.from({ length: 220 }, () =>
        callAt(tenant, "2026-11-03T10:00:00.123Z", { host: "eu.api.openai.com" }),
      );
      await world().as("gateway", () => recordCalls(tenant.id, calls));
    }
  });

  it("agree with the ledger, also where a page of the check ends within them", async () => {
    const found = await bundles();
    expect(found.some(({ index, bundled }) => index < 500 && index + bundled > 500)).toBe(true);
    expect((await sentences()).filter((line) => line.includes("peer_address"))).toEqual([]);
  });

  it("that were deleted are missing, entry by entry; those that were changed or moved open nothing", async () => {
    const [gone, changed, moved] = await bundles();
    if (!gone || !changed || !moved) throw new Error("There are no three bundles.");
    const where = "WHERE tenant_id = $1 AND index = $2 AND bundled IS NOT NULL";
    await attack(`DELETE FROM ledger_opening ${where}`, tenant.id, gone.index);
    await attack(
      `UPDATE ledger_opening SET sealed = ${flip("sealed", 60)} ${where}`,
      tenant.id,
      changed.index,
    );
    await attack(
      `UPDATE ledger_opening SET sealed = (SELECT sealed FROM ledger_opening ${where.replace("$2", "$3")}) ${where}`,
      tenant.id,
      moved.index,
      moved.index + moved.bundled,
    );
    const text = (await sentences()).join("\n");
    for (const at of [gone.index + 1, gone.index + gone.bundled - 1])
      expect(text).toContain(`The opening of peer_address_1 in entry ${at} is missing`);
    for (const { index, bundled } of [changed, moved])
      for (const at of [index, index + bundled - 1])
        expect(text).toContain(`The opening of peer_address_1 in entry ${at} was changed`);
    expect(text).not.toContain(`in entry ${moved.index + moved.bundled} `);
  });

  it("that were inserted over others and open nothing are named where they begin", async () => {
    const found = await bundles();
    const last = found.at(-1);
    if (!last) throw new Error("There is no bundle.");
    await attack(
      `INSERT INTO ledger_opening SELECT tenant_id, epoch, index + 3, field, appended_at, subject_index, sealed, bundled
         FROM ledger_opening WHERE tenant_id = $1 AND index = $2 AND bundled IS NOT NULL`,
      tenant.id,
      last.index,
    );
    expect((await sentences()).join("\n")).toContain(
      `Openings are stored for entry ${last.index + 3} and those behind it that open nothing: they were inserted.`,
    );
  });
});
