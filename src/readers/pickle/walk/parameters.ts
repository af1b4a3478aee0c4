import { meaningOf } from '../../roles/arrayNames.ts';

/** What parameters and buffers of layers and optimizers are called, at the end of their names. */
const PARAMETER =
  /(?:^|[._])(?:weight|bias|weight_[a-z]+(?:_l\d+)?(?:_reverse)?|bias_[hi]h_l\d+(?:_reverse)?|in_proj_(?:weight|bias)|running_mean|running_var|running_std|num_batches_tracked|kernel|embedding|gamma|beta|scale|zero_point|relative_position_index|position_ids|pos_embed|cls_token|logit_scale|exp_avg|exp_avg_sq|max_exp_avg_sq|momentum_buffer|square_avg|sum|step|_packed_params)$/;

/** True for a dictionary of which most members are a model's parameters, or an optimizer's state. */
export function areParameters(names: readonly string[]): boolean {
  const count = names.filter((name) => PARAMETER.test(name)).length;
  return count > names.length / 2 && !names.some(saysWhatItIs);
}

/** True for a name that says by itself that it's scores or targets: not of a layer, which has a path. */
export function saysWhatItIs(name: string): boolean {
  if (name.includes('.')) return false;
  const { kind, scores, target, setting } = meaningOf(name);
  return (kind !== null || scores >= 2 || target >= 2) && setting === null && !PARAMETER.test(name);
}
