import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { Uri } from 'vscode';
import { BatchGoneError } from '../../src/engine/client/engineFailures.ts';
import type { Session } from '../../src/host/panel/session/session.ts';
import type { Source } from '../../src/host/sources/source.ts';
import { npyFile } from '../fixtures/npy.ts';
import { until } from './documents.ts';
import { giveTeacher, shownSession, TestEngine } from './sessions.ts';

const LOGITS: Source = {
  kind: 'text',
  name: 'logits.json',
  text: '{"logits": [[1, 2, 4], [3, 1, 2]], "y": [0, 2]}',
};
const TEACHER: Source = { kind: 'text', name: 'teacher.json', text: '[[5, 2, 4], [3, 1, 7]]' };

describe('logits that are shown, once the engine has stopped', () => {
  let engine: TestEngine;
  let session: Session;
  before(() => {
    engine = new TestEngine();
  });
  afterEach(() => session?.dispose());
  after(() => engine.client.dispose());

  const rereadAfter = async (revision: number) => {
    await until(
      () => session.state.revision > revision && session.state.progress === null,
      'another reading',
    );
  };

  it('are read again as they were looked at, and that is said', async () => {
    session = await shownSession(engine.client, LOGITS);
    await session.setView({ temperature: 2 });
    const { revision } = session.state;
    const { batch } = session.state.opened!;
    const other = await engine.client.open({
      input: { text: '[[9, 9, 9]]' },
      origin: { line: 0, character: 0 },
      view: {},
    });
    assert.ok(other.ok);
    await engine.kill();
    await until(() => session.state.problem !== undefined, 'a word about it');
    assert.match(
      session.state.problem!,
      /^The computation stopped: exit code 1\. logits\.json is being reloaded\.$/,
    );
    await assert.rejects(session.row(0), BatchGoneError);
    await rereadAfter(revision);
    assert.equal(session.state.problem, undefined);
    assert.match(
      session.state.notice!,
      /^The computation stopped: exit code 1\. logits\.json was reloaded at .*\.$/,
    );
    assert.notEqual(session.state.opened!.batch, batch);
    assert.equal(session.state.opened!.measuredWith.temperature, 2);
    assert.deepEqual((await session.row(0)).logits, Float64Array.of(0.5, 1, 2));
  });

  it('say no more of it with what is shown next', async () => {
    session = await shownSession(engine.client, LOGITS);
    const { revision } = session.state;
    await engine.kill();
    await rereadAfter(revision);
    assert.ok(session.state.notice);
    const again = await shownSession(engine.client, TEACHER);
    session.dispose();
    session = again;
    assert.equal(session.state.notice, null);
  });

  it('have their teacher again, too', async () => {
    session = await shownSession(engine.client, LOGITS);
    await giveTeacher(engine.client, session, TEACHER);
    const { revision } = session.state;
    await engine.kill();
    await until(() => session.state.teacher?.problem !== undefined, 'a word about the teacher');
    assert.match(session.state.teacher!.problem!, /teacher\.json is being reloaded\.$/);
    await rereadAfter(revision);
    await until(() => session.state.teacher?.problem === undefined, 'the teacher');
    assert.deepEqual(await session.teacherRow(1), Float64Array.of(3, 1, 7));
    assert.ok((await session.teacherEntropy(2))[0]! > 0);
  });

  it('aren’t read again time after time: they may be the reason', async () => {
    session = await shownSession(engine.client, LOGITS);
    for (let i = 0; i < 3; i++) {
      const { revision } = session.state;
      await engine.kill();
      await rereadAfter(revision);
    }
    const { revision } = session.state;
    const { starts } = engine;
    await engine.kill();
    await until(() => session.state.problem !== undefined, 'a word about it');
    assert.match(
      session.state.problem!,
      /^The computation stopped: exit code 1\. Run “Smooth labels” again\.$/,
    );
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual([session.state.revision, engine.starts], [revision, starts]);
    await assert.rejects(session.row(0), BatchGoneError);
    // What a person asks for is done.
    await session.setView({ temperature: 2 });
    assert.equal(session.state.problem, undefined);
    assert.deepEqual((await session.row(0)).logits, Float64Array.of(0.5, 1, 2));
  });

  it('that were lost before they are shown are read again', async () => {
    session = await shownSession(engine.client, LOGITS);
    const lost = { ...session.state.opened!, batch: 0, files: [] };
    const { revision } = session.state;
    session.show(LOGITS, lost);
    await rereadAfter(revision + 1);
    assert.deepEqual((await session.row(0)).logits, Float64Array.of(1, 2, 4));
  });
});

describe('logits that are shown, when something is cancelled', () => {
  let engine: TestEngine;
  let session: Session;
  before(() => {
    engine = new TestEngine();
  });
  afterEach(() => session?.dispose());
  after(() => engine.client.dispose());

  /** Once the engine was asked. */
  const cancelSoon = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    session.cancel();
  };

  it('go back to how they were looked at', async () => {
    // Long enough to be in the middle of it when the word comes through.
    const folder = mkdtempSync(join(tmpdir(), 'session-'));
    const path = join(folder, 'long.npy');
    const header = npyFile([100_000, 1000], []);
    writeFileSync(path, header);
    truncateSync(path, header.length + 4e8);
    session = await shownSession(engine.client, { kind: 'document', uri: Uri.file(path).toString() });
    const { revision } = session.state;
    const subscription = session.onDidChange(() => session.state.progress !== null && session.cancel());
    await session.setView({ kind: 'logits', temperature: 3 });
    subscription.dispose();
    assert.deepEqual(
      [session.state.view, session.state.problem, session.state.progress],
      [{}, undefined, null],
    );
    assert.deepEqual([session.state.revision, session.state.opened!.measuredWith.temperature], [revision, 1]);
    rmSync(folder, { recursive: true });
  });

  it('too late, are looked at as was asked', async () => {
    session = await shownSession(engine.client, LOGITS);
    engine.deafen(300);
    const looking = session.setView({ temperature: 2 });
    await cancelSoon();
    await looking;
    assert.deepEqual(
      [session.state.view, session.state.problem, session.state.progress],
      [{ temperature: 2 }, undefined, null],
    );
    assert.equal(session.state.opened!.measuredWith.temperature, 2);
    assert.deepEqual((await session.row(0)).logits, Float64Array.of(0.5, 1, 2));
  });

  it('and the engine doesn’t hear it, are there again after a moment', async () => {
    session = await shownSession(engine.client, LOGITS);
    const { revision } = session.state;
    engine.deafen(60_000);
    const looking = session.setView({ temperature: 3 });
    const start = Date.now();
    await cancelSoon();
    await looking;
    assert.ok(Date.now() - start < 2500, `${Date.now() - start} ms`);
    await until(() => session.state.revision > revision, 'another reading');
    assert.match(
      session.state.notice!,
      /^A cancelled computation didn’t stop, so the engine was restarted\. logits\.json was reloaded at /,
    );
    assert.deepEqual(session.state.view, {});
    assert.deepEqual((await session.row(0)).logits, Float64Array.of(1, 2, 4));
  });

  it('too late, have the targets that they had', async () => {
    session = await shownSession(engine.client, LOGITS);
    assert.equal(await session.setTargets({ kind: 'text', name: 'y.json', text: '[1, 1]' }), undefined);
    const { targets } = session.state.source;
    engine.deafen(300);
    const attaching = session.setTargets({ kind: 'text', name: 'z.json', text: '[2, 2]' });
    await cancelSoon();
    assert.equal(await attaching, undefined);
    assert.deepEqual(session.state.source.targets, targets);
    assert.equal(session.state.opened!.summary.keys.targets, 'y.json');
    assert.deepEqual([...session.state.opened!.stats.target], [1, 1]);
    assert.deepEqual((await session.row(0)).target, Float64Array.of(0, 1, 0));
  });

  it('while they’re read, say that they are from before', async () => {
    session = await shownSession(engine.client, LOGITS);
    engine.deafen(300);
    const reading = session.setTargets({ kind: 'text', name: 'y.json', text: '[1, 1]' });
    await cancelSoon();
    assert.equal(await reading, undefined);
    assert.equal(session.state.source.targets, undefined);
    engine.deafen(300);
    const restoring = session.restore('id', {});
    await cancelSoon();
    await restoring;
    assert.equal(session.state.problem, 'Reading was cancelled.');
    assert.equal(session.state.progress, null);
  });

  it('and reading them isn’t heard of, are not read again by themselves, but when they’re looked at', async () => {
    session = await shownSession(engine.client, LOGITS);
    const { revision } = session.state;
    engine.deafen(60_000);
    const restoring = session.restore('id', {});
    await cancelSoon();
    await restoring;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(session.state.problem, 'Reading was cancelled.');
    assert.equal(session.state.revision, revision);
    await assert.rejects(session.row(0), BatchGoneError);
    await session.setView({ temperature: 2 });
    assert.equal(session.state.problem, undefined);
    assert.deepEqual((await session.row(0)).logits, Float64Array.of(0.5, 1, 2));
  });
});
