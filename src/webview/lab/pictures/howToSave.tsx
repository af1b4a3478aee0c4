import * as l10n from '@vscode/l10n';

/** Before there are any data: how to get them. Code is the same in every language. */
export function HowToSave() {
  return (
    <section class="how-to">
      <h2>{l10n.t('For instance, from PyTorch')}</h2>
      <pre>
        <code>{FROM_TORCH}</code>
      </pre>
      <p class="says">
        {l10n.t(
          'Tables work, too: a CSV file with one column per feature and one named “label” or “target”.',
        )}
      </p>
    </section>
  );
}

const FROM_TORCH = `import numpy as np
import torch

# The inputs of the last layer, here model.fc
features, labels = [], []
model.fc.register_forward_pre_hook(
    lambda _, x: features.append(x[0])
)
model.eval()
with torch.no_grad():
    for x, y in loader:
        model(x)
        labels.append(y)

X, y = torch.cat(features), torch.cat(labels)
np.save("X.npy", X.cpu().numpy())
np.save("y.npy", y.cpu().numpy())`;
