import * as l10n from '@vscode/l10n';
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Page, usePage } from './page.ts';

/** A component that is fetched when it's first shown, so that what is seen first waits for nothing else. */
export function lazy<Props extends object>(
  load: (page: Page) => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  // Code, the same in every page, as in the browser's own list of modules.
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const page = usePage();
    // A component is a function, which a state would call.
    const [, setLoaded] = useState(() => loaded);
    const [failure, setFailure] = useState<string>();
    useEffect(() => {
      if (loaded) return;
      load(page).then(
        (component) => {
          loaded = component;
          setLoaded(() => component);
        },
        (error: unknown) => setFailure(String(error)),
      );
    }, []);
    const Loaded = loaded;
    if (Loaded) return <Loaded {...props} />;
    if (failure === undefined) return <p class="quiet" aria-busy="true" />;
    return (
      <p class="problem" role="alert">
        {l10n.t('This view couldn’t be loaded: {0}. Close the panel and open it again.', failure)}
      </p>
    );
  };
}
