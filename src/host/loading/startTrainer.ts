import { Uri, workspace } from 'vscode';
import type { StartedTrainer } from '../../engine/trainer/trainerClient.ts';
import { startWorker } from './startWorker.node.ts';

/** Starts what trains the lab's networks, and reads what it's to be handed: its worker has neither files nor a network. */
export async function startTrainer(extensionUri: Uri): Promise<StartedTrainer> {
  const bytes = async (name: string) =>
    new Uint8Array(await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', `trainer-${name}.wasm`)));
  const [tfjs, kernel, matrices] = await Promise.all([bytes('tfjs'), bytes('kernel'), bytes('matrices')]);
  return { worker: await startWorker(extensionUri, 'trainer'), parts: { tfjs, kernel, matrices } };
}
