import type { LearnPage } from '../../protocol/learnPages.ts';
import { usePage } from '../state/page.ts';

interface Props {
  readonly page: LearnPage;
  readonly text: string;
}

/** Opens a page of docs/learn in the editor. */
export function LearnLink({ page, text }: Props) {
  const { host } = usePage();
  return (
    <button type="button" class="link" data-learn={page} onClick={() => host.openLearn(page)}>
      {text}
    </button>
  );
}
