/** An export on its way: the worker writes a private file, and tells through shared memory how far it is. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok } from '../../../../../contract/result.ts';
import type { ExportOrder, ExportWriting } from '../../../../core/ports.ts';
import { makePrivateFolder } from '../../folder.ts';
import type { TaskRunner } from '../task-runner.ts';
import { createExportControl, watchExport } from './export-control.ts';

export function beginExport(
  tasks: TaskRunner,
  path: string,
  exportsDir: string,
  order: ExportOrder,
): ExportWriting {
  makePrivateFolder(exportsDir);
  const target = join(exportsDir, `${randomUUID()}.${order.format}`);
  const control = createExportControl();
  const discard = () => rm(target, { force: true });

  async function write() {
    const written = await tasks.run('write-export', { ...order, path, target, control });
    if (!written.ok) await discard();
    if (!written.ok || written.value === null) return written.ok ? ok(null) : written;
    return ok({ ...written.value, bytes: () => bytesIn(target) });
  }

  return {
    ...watchExport(control),
    written: write(),
    discard,
  };
}

async function* bytesIn(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path)) yield chunk;
}
