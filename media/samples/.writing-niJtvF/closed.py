from torch import nn
loss = nn.CrossEntropyLoss(label_smoothing=0.15)
