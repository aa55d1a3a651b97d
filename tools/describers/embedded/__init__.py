"""The describer that comes with the package: two ONNX files, one pass over the face."""
