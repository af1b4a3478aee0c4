import type { ComponentChildren } from 'preact';

interface Props {
  readonly title: string;
  /** What a fact is called, and what it is. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What is said below. */
  readonly children: ComponentChildren;
}

/** What an experiment is made of, in place of a picture. */
export function FactList({ title, facts, children }: Props) {
  return (
    <section class="facts">
      <h2>{title}</h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  );
}
