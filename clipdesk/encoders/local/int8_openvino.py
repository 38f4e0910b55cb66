"""Image towers in int8 by OpenVINO, on CPUs with VNNI."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.encoders.local.candidate import Features, ModelOnTrial
from clipdesk.encoders.local.int8 import Int8Network, cpu_has_vnni, quantise, relative_error, unavailable
from clipdesk.encoders.local.openvino_candidate import (
    Conversion,
    compile_tower,
    features_of,
    import_openvino,
    native_precision,
)

#: Inputs are rounded in groups of this many of a token's values, so that a large value only coarsens its group.
#: Groups of 64 cost 8 % more time for a ViT-B/32, whole tokens 8 % less.
_GROUP = 128
#: Tokens that suffice to estimate a layer's loss.
_TOKENS = 256


class OpenVinoInt8(Int8Network):
    """OpenVINO with int8 weights, which rounds the inputs of linear layers itself (“dynamic quantization”).

    Everything else is computed in the precision that OpenVINO prefers on this CPU.
    """

    runtime = "OpenVINO"

    def __init__(self, model: ModelOnTrial) -> None:
        if importlib.util.find_spec("openvino") is None:
            raise unavailable("OpenVINO is not installed")
        if not cpu_has_vnni():
            # It would compute int8 weights in fp32, which is no faster.
            raise unavailable("OpenVINO needs VNNI for int8")
        self._model = model
        self._converted = Conversion().of(model)
        self._rest = "bf16" if native_precision() == "bf16" else "f32"
        self.variant = self._rest

    def losses(self) -> NDArray[np.float64]:
        layers, inputs = self._record_inputs()
        errors = []
        for layer, found in zip(layers, inputs, strict=True):
            weights = _weights(layer)
            rounded, scales = quantise(weights)
            expected = found @ weights.T
            errors.append(relative_error(_rounded_in_groups(found) @ (rounded * scales).T, expected))
        return np.array(errors)

    def features(self, kept: frozenset[int]) -> Features:
        converted = self._converted.clone()
        layers = _linear_layers(converted)
        for place, layer in enumerate(layers):
            if place not in kept:
                _replace_weights(layer)
        compiled = compile_tower(converted, self._rest, DYNAMIC_QUANTIZATION_GROUP_SIZE=_GROUP)
        facts = [operation.get_rt_info() for operation in compiled.get_runtime_model().get_ops()]
        in_int8 = sum(str(fact["runtimePrecision"].value) == "i8" for fact in facts if "runtimePrecision" in fact)
        if in_int8 < len(layers) - len(kept):
            raise unavailable(f"OpenVINO computes only {in_int8} layers in int8")
        return features_of(compiled)

    def _record_inputs(self) -> tuple[list[Any], list[NDArray[np.float32]]]:
        """Return the linear layers, with up to _TOKENS inputs (tokens, n) of each for the test images."""
        recording = self._converted.clone()
        layers = _linear_layers(recording)
        sources = [layer.input_value(0) for layer in layers]
        # The same output cannot be added twice: queries, keys and values have one input.
        distinct = {(source.get_node().get_name(), source.get_index()): source for source in sources}
        before = len(recording.outputs)
        recording.add_outputs(list(distinct.values()))
        request = compile_tower(recording, "f32").create_infer_request()
        request.infer([self._model.test_images])
        found = {
            name: _some_tokens(request.get_output_tensor(before + place).data) for place, name in enumerate(distinct)
        }
        return layers, [found[source.get_node().get_name(), source.get_index()] for source in sources]


def _linear_layers(converted: Any) -> list[Any]:
    """Return the products with constant weights, in order, except the last: its output is the embedding itself."""
    products = [operation for operation in converted.get_ordered_ops() if operation.get_type_name() == "MatMul"]
    return [product for product in products if _has_weights(product)][:-1]


def _has_weights(product: Any) -> bool:
    weights = product.input_value(1)
    return (
        weights.get_node().get_type_name() == "Constant"
        and len(weights.get_shape()) == 2
        and not product.get_attributes()["transpose_a"]
    )


def _weights(layer: Any) -> NDArray[np.float32]:
    """Return a layer's weights (outputs, inputs)."""
    weights: NDArray[np.float32] = layer.input_value(1).get_node().data.astype(np.float32)
    return weights if layer.get_attributes()["transpose_b"] else weights.T


def _replace_weights(layer: Any) -> None:
    """Replace a layer's weights by int8 ones that are converted and scaled, which OpenVINO recognises."""
    import_openvino()
    from openvino import opset13 as operations

    rounded, scales = quantise(_weights(layer))
    if not layer.get_attributes()["transpose_b"]:
        rounded, scales = rounded.T, scales.T
    whole = operations.convert(operations.constant(np.ascontiguousarray(rounded)), "f32")
    scaled = operations.multiply(whole, operations.constant(np.ascontiguousarray(scales)))
    layer.input(1).replace_source_output(scaled.output(0))


def _some_tokens(values: NDArray[np.float32]) -> NDArray[np.float32]:
    tokens = values.reshape(-1, values.shape[-1])
    return np.array(tokens[:: max(1, len(tokens) // _TOKENS)], np.float32)


def _rounded_in_groups(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return tokens (n, m) rounded as OpenVINO does."""
    count, width = tokens.shape
    padded = np.pad(tokens, ((0, 0), (0, -width % _GROUP)))
    rounded, scales = quantise(padded.reshape(-1, _GROUP))
    whole: NDArray[np.float32] = (rounded * scales).reshape(count, -1)[:, :width]
    return whole
