import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PanelRequests } from '../../protocol/panelChannel.ts';
import type { LateParts } from './lateParts.ts';

/** What charts and edits of code need of the page they're in, whichever that is. */
export interface Services {
  readonly host: Pick<
    PanelRequests,
    'exportTable' | 'exportPicture' | 'pictureTheme' | 'previewAlpha' | 'applyAlpha' | 'undoAlpha'
  >;
  readonly loadLate: () => Promise<Pick<LateParts, 'svgOf' | 'pngOf'>>;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

/** Those of the page a component is in. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('Nothing is exported outside of a page');
  return services;
}
