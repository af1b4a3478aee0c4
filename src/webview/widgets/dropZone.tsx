import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { type Dropped, MOST_DROPPED_BYTES } from '../../protocol/panelChannel.ts';
import { usePage } from '../state/page.ts';

/** Lists of URIs as VS Code's explorer and other programs give them. */
const URI_LISTS = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Takes a file that is dropped anywhere on the page, and says so while one is dragged over it. */
export function DropZone() {
  const { host } = usePage();
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer || !isOfFiles(event.dataTransfer)) return;
      // Else VS Code takes what is dragged, and opens it in an editor.
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      setDragging(false);
      if (!event.dataTransfer || !isOfFiles(event.dataTransfer)) return;
      event.preventDefault();
      void droppedIn(event.dataTransfer).then((dropped) => host.openDropped(dropped));
    };
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener('dragenter', over, { signal });
    document.addEventListener('dragover', over, { signal });
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener('drop', drop, { signal });
    return () => listening.abort();
  }, []);
  if (!dragging) return null;
  return (
    <div class="dropZone" role="status">
      <p>{l10n.t('Drop a file with logits')}</p>
      <p class="quiet">.npy, .npz, .safetensors, .pt, .pkl, .joblib, .csv, .tsv, .json, .jsonl</p>
    </div>
  );
}

function isOfFiles({ types }: DataTransfer): boolean {
  return types.includes('Files') || URI_LISTS.some((type) => types.includes(type));
}

/** A transfer is empty once its event is over: all of it is taken at once. */
async function droppedIn(transfer: DataTransfer): Promise<Dropped> {
  const list = URI_LISTS.map((type) => transfer.getData(type)).find((text) => text !== '');
  if (list !== undefined)
    return { uris: list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#')) };
  const [file] = transfer.files;
  if (!file) return { uris: [] };
  if (file.size > MOST_DROPPED_BYTES) return { name: file.name, tooLarge: file.size };
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
