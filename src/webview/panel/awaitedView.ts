import { useEffect, useState } from 'preact/hooks';
import type { BatchView } from '../../protocol/engineChannel.ts';
import { usePage } from '../state/page.ts';

/** The view that is asked for while the figures are still of another one. */
export function useAwaitedView(sourceId: string): BatchView | undefined {
  const { viewRequest } = usePage();
  const [, setView] = useState(viewRequest.awaited(sourceId));
  useEffect(() => {
    const update = () => setView(viewRequest.awaited(sourceId));
    // It may have been asked for since it was rendered.
    update();
    const end = viewRequest.listen(update);
    return () => {
      end();
      viewRequest.forget(sourceId);
    };
  }, [sourceId]);
  return viewRequest.awaited(sourceId);
}
