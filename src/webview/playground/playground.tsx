import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { specFiguresOf } from '../../loss/theory/specFigures.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { useSettled } from '../state/hooks.ts';
import { usePage } from '../state/page.ts';
import { Sentence } from '../widgets/sentence.tsx';
import { CodeLine } from './below/codeLine.tsx';
import { ConfigNotes } from './below/configNotes.tsx';
import { MoreOfLoss } from './below/moreOfLoss.tsx';
import { NextSteps } from './below/nextSteps.tsx';
import { AnswerBars } from './figures/answerBars.tsx';
import { CostRuler } from './figures/costRuler.tsx';
import { TargetBars } from './figures/targetBars.tsx';
import { columnsOf, type PlayedLoss } from './played/columns.ts';
import { playedFigures, withClasses, withLogit, withPreset, withProbability } from './played/playedState.ts';
import { freshlyTried, identityOf, type TriedState, triedBefore } from './played/tried.ts';
import { spoken, whatChanged } from './played/whatChanged.ts';
import { PlaygroundBar } from './playgroundBar.tsx';

interface Props {
  /** A loss from code, or undefined: an example. */
  readonly config: ConfigSnapshot | undefined;
  /** Why it's opened, where something else was asked for; or nothing. */
  readonly why: string;
  /** What logits there are to go back to, by their name. */
  readonly logits: string | null;
}

/** Label smoothing to be tried by hand, without logits: the targets, a network's answer, and what it costs. */
export function Playground({ config, why, logits }: Props) {
  const { kept } = usePage();
  const loss: PlayedLoss = {
    convention: config?.convention ?? DEFAULT_SPEC.convention,
    form: config?.form ?? 'ce',
  };
  // Whatever was tried out, when the code changes it's the code that is shown, and stays so when it changes back.
  const of = identityOf(config);
  const [last, setTried] = useState(() => triedBefore(config, loss, kept.state));
  const tried = last.of === of ? last : freshlyTried(config, loss, last.more);
  useEffect(() => {
    if (last.of !== of) setTried(tried);
  }, [of]);
  const set = (part: Partial<TriedState>) => setTried({ ...tried, ...part });
  const { played: state, change, reading, more } = tried;
  const act = (next: typeof state, what: typeof change) => set({ played: next, change: what });
  useEffect(() => {
    const own = { played: state, reading, more };
    kept.keep(
      config ? { front: 'loss', loss: { config, ...own } } : { front: 'playground', playground: own },
    );
  });
  const { labelSmoothing: alpha, classes } = state;
  const { alone } = specFiguresOf(loss.convention, alpha, classes, loss.form);
  const bar = (
    <PlaygroundBar
      config={config}
      logits={logits}
      state={state}
      isSmoothed={!alone}
      chooseAlpha={(labelSmoothing) => act({ ...state, labelSmoothing }, { kind: 'alpha', from: alpha })}
      chooseClasses={(next) => act(withClasses(state, next, loss), { kind: 'classes' })}
      startAgain={() => setTried(freshlyTried(config, loss, more))}
    />
  );
  if (alone)
    return (
      <div class="playground">
        {bar}
        <p class="says">{aloneWords(loss)}</p>
        <ConfigNotes config={config} alpha={alpha} classes={classes} />
      </div>
    );
  const columns = columnsOf(loss.convention, classes);
  const played = { state, loss, columns, figures: playedFigures(state, loss) };
  const said = whatChanged(change, played);
  return (
    <div class="playground">
      {bar}
      {why !== '' && <p class="notice">{why}</p>}
      <p class="lead">
        <Sentence text={leadWords(loss)} parts={{ alpha: <b class="target">α</b> }} />
      </p>
      <p
        class={change.kind === 'preset' || change.kind === 'answer' ? 'now of-answer' : 'now'}
        data-figure="now"
      >
        <span>
          <Sentence
            text={said.text}
            parts={Object.fromEntries(
              Object.entries(said.parts).map(([name, { text, kind }]) => [
                name,
                <b key={name} class={kind}>
                  {text}
                </b>,
              ]),
            )}
          />
        </span>
      </p>
      <Settled text={spoken(said)} />
      <ConfigNotes config={config} alpha={alpha} classes={classes} />
      <div class="pair">
        <TargetBars played={played} choose={(trueClass) => act({ ...state, trueClass }, { kind: 'class' })} />
        <AnswerBars
          played={played}
          choosePreset={(name) => act(withPreset(state, name, loss), { kind: 'preset', name })}
          move={(column, to) =>
            act(
              'logit' in to
                ? withLogit(state, column, to.logit)
                : withProbability(state, column, to.probability, loss),
              { kind: 'answer', column },
            )
          }
        />
      </div>
      <CostRuler played={played} />
      <CodeLine key={of} played={played} own={config?.framework ?? null} />
      <NextSteps />
      <MoreOfLoss
        played={played}
        reading={reading}
        keepReading={(next) => set({ reading: next })}
        isOpen={more}
        toggle={() => set({ more: !more })}
      />
    </div>
  );
}

/** The sentence for screen readers, once it stands still. */
function Settled({ text }: { readonly text: string }) {
  return (
    <p class="unseen" role="status">
      {useSettled(text)}
    </p>
  );
}

/** What smoothing does, as this convention has it. */
function leadWords({ convention }: PlayedLoss): string {
  switch (convention) {
    case 'UNIFORM_OTHERS':
    case 'PAD_EXCLUDED':
      return l10n.t(
        'A hard label says “be 100 % sure”. Smoothing takes a share {alpha} of that away and divides it equally among the other classes.',
      );
    case 'BINARY_HALF':
    case 'BINARY_FULL':
      return l10n.t(
        'A hard label says “be 100 % sure” that a class is there, or that it isn’t. Smoothing by {alpha} asks for a little less than that.',
      );
    default:
      return l10n.t(
        'A hard label says “be 100 % sure”. Smoothing takes a share {alpha} of that away and divides it equally among all classes.',
      );
  }
}

/** Why there are no figures where no second class is there to share α with. */
function aloneWords({ convention }: PlayedLoss): string {
  const { activation, padded } = CONVENTIONS[convention];
  if (padded)
    return l10n.t('There are fewer than two classes besides padding, so smoothing changes nothing.');
  return activation === 'softmax'
    ? l10n.t(
        'The softmax of a single class is always 1, so the loss is always 0 and smoothing changes nothing.',
      )
    : l10n.t('There is only one class, so smoothing changes nothing.');
}
